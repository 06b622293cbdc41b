/** What the audit needs to know of the history of orders, which it reads from outside. */
export {
  checkOrder,
  HISTORIES,
  type OrderWithHistory,
} from '@waybill/orders/history/check-order.js';
