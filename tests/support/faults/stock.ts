import { anyStock, anyUnits, type Fault } from './fault.js';

const ofSku = 'from variants where id = variant_id and sku = :sku';

/** Faults that break the rules about units. */
export const STOCK: readonly Fault[] = [
  {
    breaks: 1,
    named: 'sku',
    fault: 'units are reserved that nobody holds',
    sql: { catalog: `update stock_levels set reserved = reserved + 1 ${ofSku}` },
  },
  {
    breaks: 1,
    named: 'sku',
    fault: 'more is held than is on hand',
    sql: {
      catalog: `${anyStock} update stock_levels set on_hand = 0, reserved = 3 ${ofSku};
        update holds set state = 'COMMITTED', ended_at = null where order_id = :shipped;
        update hold_items set consumed = 0 where order_id = :shipped`,
    },
  },
  {
    breaks: 1,
    named: 'sku',
    fault: 'units are promised that nobody waits for',
    sql: { catalog: `update stock_levels set backordered = backordered + 1 ${ofSku}` },
  },
  {
    breaks: 2,
    named: 'sku',
    fault: 'a unit came from nowhere',
    sql: { catalog: `update stock_levels set on_hand = on_hand + 1 ${ofSku}` },
  },
  {
    breaks: 2,
    named: 'sku',
    fault: 'units left with no shipment',
    sql: { catalog: "delete from hold_changes where kind = 'CONSUMED'" },
  },
  {
    breaks: 2,
    named: 'confirmed',
    fault: 'a hold has ended and is still active',
    sql: { catalog: 'update holds set ended_at = now() where order_id = :confirmed' },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a hold has ended, nobody knows when',
    sql: { catalog: 'update holds set ended_at = null where order_id = :shipped' },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a unit has ended twice',
    sql: {
      catalog: `${anyUnits} update hold_items set released = 1 where order_id = :shipped`,
    },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a unit of a hold that has ended has not',
    sql: { catalog: 'update hold_items set consumed = consumed - 1 where order_id = :shipped' },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a shipment took units that are still counted',
    sql: {
      catalog: `insert into hold_changes (change_id, kind, order_id, items)
        values (gen_random_uuid(), 'CONSUMED', :shipped, jsonb_build_array(jsonb_build_object('sku', :sku, 'quantity', 1)))`,
    },
  },
  {
    breaks: 2,
    named: 'sku',
    fault: 'units are held by no hold',
    sql: { catalog: 'delete from holds where order_id = :shipped' },
  },
  {
    breaks: 2,
    named: 'confirmed',
    fault: 'units have left in no parcel',
    sql: { catalog: 'update hold_items set consumed = 1 where order_id = :confirmed' },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a parcel left with units that are still there',
    sql: { catalog: 'update hold_items set consumed = consumed - 1 where order_id = :shipped' },
  },
  {
    breaks: 2,
    named: 'failed',
    fault: 'units have left for an order that failed',
    sql: { catalog: `update holds set state = 'CONSUMED' where order_id = :failed` },
  },
  {
    breaks: 2,
    named: 'refund',
    fault: 'goods came back for no refund',
    sql: { orders: 'update refunds set restock = false where id = :refund' },
  },
  {
    breaks: 2,
    named: 'refund',
    fault: 'more goods came back than were refunded',
    sql: { catalog: `update restocks set items = jsonb_set(items, '{0,quantity}', '2')` },
  },
  {
    breaks: 2,
    named: 'refund',
    fault: 'goods that were given back are lost',
    sql: { catalog: 'delete from restocks where restock_id = :refund' },
  },
];
