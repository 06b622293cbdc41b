/** What the audit needs to know of orders and their history, which it reads from outside. */
export {
  checkOrder,
  HISTORIES,
  type OrderWithHistory,
} from '@waybill/orders/history/check-order.js';
export {
  type SalesOfEvent,
  SELLING,
  salesInHistory,
} from '@waybill/orders/reports/sales-in-history.js';
export { worthOf } from '@waybill/orders/reports/sales-of.js';
