import { CALLED_OFF } from '../order-facts.js';
import { inCatalog, type Rule, whereTrue } from '../rule.js';

export const eachUnitEndsOnce: Rule = {
  number: 2,
  title: 'each unit held ends once',
  things: 'holds',
  count: inCatalog('select count(*) as checked from holds'),
  within: [
    inCatalog(`
      select order_id as id, format('its hold is %s %s an end', state,
        case when ended_at is null then 'without' else 'and has' end) as what
      from holds where (ended_at is null) <> (state in ('HELD', 'COMMITTED'))`),
    inCatalog(`
      select order_id as id, 'units of a hold that was refused' as what
      from holds where state = 'REFUSED' and exists (
        select from hold_items i where i.order_id = holds.order_id)`),
  ],
  order: ({ order, hold }) =>
    whereTrue(
      [!order && hold !== undefined, 'units are held for an order that is not there'],
      [
        CALLED_OFF.includes(order?.status ?? '') && hold?.state === 'CONSUMED',
        `its units have left although it is ${order?.status}`,
      ],
    ),
  refund: ({ asked, restocked }) =>
    whereTrue(
      [restocked !== undefined && !asked?.restock, 'goods came back that no refund gave back'],
      [
        restocked !== undefined && asked?.restock === true && restocked.units !== asked.units,
        `${restocked?.units} units came back of ${asked?.units}`,
      ],
      [
        asked?.status === 'REFUNDED' && asked.restock && asked.units > 0 && !restocked,
        'its goods did not come back to stock',
      ],
    ),
};
