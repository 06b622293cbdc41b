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
  ],
};
