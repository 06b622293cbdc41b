import { inOrders, type Rule } from '../rule.js';

export const lines: Rule = {
  number: 6,
  title: 'no more of a line is used up than was ordered',
  things: 'lines',
  count: inOrders('select count(*) as checked from order_lines'),
  within: [
    inOrders(`
      select order_id as id, format('line %s: %s shipped and %s cancelled of %s',
        line_number, shipped_quantity, cancelled_quantity, quantity) as what
      from order_lines
      where shipped_quantity < 0 or cancelled_quantity < 0 or shipped_quantity + cancelled_quantity > quantity`),
    inOrders(`
      select order_id as id, format('line %s: %s shipped of %s being fulfilled, %s returned',
        line_number, shipped_quantity, fulfilled_quantity, returned_quantity) as what
      from order_lines
      where shipped_quantity > fulfilled_quantity or fulfilled_quantity + cancelled_quantity > quantity
        or returned_quantity not between 0 and shipped_quantity`),
    inOrders(`
      select order_id as id, format('line %s: %s refunded of %s', line_number, refunded_quantity, quantity) as what
      from order_lines where refunded_quantity not between 0 and quantity`),
    inOrders(`
      select l.order_id as id, format('line %s: %s refunded, its refunds come to %s',
        l.line_number, l.refunded_quantity, coalesce(r.units, 0)) as what
      from order_lines l left join (
        select order_id, i."lineNumber" as line_number, sum(i.quantity) as units
        from refunds, jsonb_to_recordset(lines) as i("lineNumber" int, quantity int)
        where status <> 'FAILED' group by 1, 2) r using (order_id, line_number)
      where l.refunded_quantity <> coalesce(r.units, 0)`),
    inOrders(`
      select l.order_id as id, format('line %s: %s packed and %s shipped, its parcels have %s and %s', l.line_number,
        l.fulfilled_quantity, l.shipped_quantity, coalesce(p.packed, 0), coalesce(p.shipped, 0)) as what
      from order_lines l left join (
        select order_id, i."lineNumber" as line_number, sum(i.quantity) as packed,
          sum(i.quantity) filter (where status in ('SHIPPED', 'DELIVERED')) as shipped
        from fulfillments, jsonb_to_recordset(lines) as i("lineNumber" int, quantity int)
        where status <> 'CANCELLED' group by 1, 2) p using (order_id, line_number)
      where l.fulfilled_quantity <> coalesce(p.packed, 0) or l.shipped_quantity <> coalesce(p.shipped, 0)`),
    inOrders(`
      select l.order_id as id, format('line %s: %s cancelled, %s were called off',
        l.line_number, l.cancelled_quantity, coalesce(c.units, 0)) as what
      from order_lines l left join (
        select order_id, i."lineNumber" as line_number, sum(i.quantity) as units
        from line_cancellations, jsonb_to_recordset(lines) as i("lineNumber" int, quantity int)
        group by 1, 2) c using (order_id, line_number)
      where l.cancelled_quantity <> coalesce(c.units, 0)`),
    inOrders(`
      select l.order_id as id, format('line %s: %s returned, its returns and refunds have %s',
        l.line_number, l.returned_quantity, coalesce(b.units, 0)) as what
      from order_lines l left join (
        select order_id, line_number, sum(units) as units from (
          select order_id, i."lineNumber" as line_number, i.received as units
          from returns, jsonb_to_recordset(lines) as i("lineNumber" int, received int)
          where status = 'RECEIVED'
          union all
          select order_id, i."lineNumber", i.quantity
          from refunds, jsonb_to_recordset(lines) as i("lineNumber" int, quantity int)
          where restock and status <> 'FAILED') back
        group by 1, 2) b using (order_id, line_number)
      where l.kind = 'PRODUCT' and l.returned_quantity <> coalesce(b.units, 0)`),
    inOrders(`
      select id, format('it is %s, its parcels say %s', status, said) as what
      from orders o, lateral (
        select coalesce(sum(l.shipped_quantity), 0) as shipped,
          coalesce(sum(l.quantity - l.cancelled_quantity), 0) as wanted
        from order_lines l where l.order_id = o.id and l.kind = 'PRODUCT') u,
        lateral (select case when shipped = wanted then 'SHIPPED' when shipped = 0 then 'PROCESSING'
          else 'PARTIALLY_SHIPPED' end as said) s
      where (status in ('SHIPPED', 'DELIVERED') and said <> 'SHIPPED')
        or (status = 'PARTIALLY_SHIPPED' and said <> 'PARTIALLY_SHIPPED')
        or (status in ('CONFIRMED', 'PROCESSING') and shipped > 0)`),
  ],
};
