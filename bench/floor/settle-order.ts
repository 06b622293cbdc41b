import { catalogCommands } from '@waybill/catalog/stock/commands.js';
import { reserveStock } from '@waybill/jobs/reserve-stock.js';
import { settlePayment } from '@waybill/jobs/settle-payment.js';
import type { CommandClients } from '@waybill/jobs/workers.js';
import { batched } from '@waybill/kernel/batch.js';
import { localCommands } from '@waybill/kernel/commands.js';
import type { Database } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { applyToOrders } from '@waybill/orders/apply-to-order.js';
import { type Change, changeOrders } from '@waybill/orders/change-orders.js';
import { insertOrders, type NewOrder } from '@waybill/orders/insert-orders.js';
import {
  type Placement,
  type PlacingDependencies,
  placeOrder,
} from '@waybill/orders/place-order.js';
import { paymentCommands } from '@waybill/payments/index.js';
import type { PaymentProvider } from '@waybill/payments/providers/provider.js';
import type { Commands } from '@waybill/schema/commands.js';
import { findCustomers } from '@waybill/users/find-customer.js';
import type { FloorDatabase } from './statements.js';

const STAFF = { kind: 'user', userId: newId(), roles: ['STAFF'] } as const;
const HOLD_SECONDS = 900;
const HOLD = { ttlSeconds: HOLD_SECONDS, maxSeconds: HOLD_SECONDS };

type Databases = Record<FloorDatabase, Pick<Database, 'query' | 'transaction'>>;

/**
 * Settles orders as Waybill does, by its own use cases and jobs in their order, but without GraphQL and queues. Orders
 * settled at the same time share batches.
 */
export function openSettling(dbs: Databases, provider: PaymentProvider) {
  // None of the use cases on this path asks for entities.
  const db = dbs.orders as Database;
  const nothing = () => {};
  const changeOrder = batched((changes: Change[]) => changeOrders(db, changes));
  const commands = {
    users: localCommands<Pick<Commands['users'], 'findCustomer'>>({
      findCustomer: findCustomers(dbs.users.query),
    }),
    catalog: localCommands(catalogCommands(dbs.catalog as Database)),
    payments: localCommands(
      paymentCommands({ db: dbs.payments, provider, log: silentLog, wakeOutbox: nothing }),
    ),
    orders: localCommands<Pick<Commands['orders'], 'applyToOrder'>>({
      applyToOrder: applyToOrders({ changeOrder }),
    }),
  };
  const dependencies: PlacingDependencies = {
    commands,
    captureOn: 'CONFIRMATION',
    workflows: { of: async () => undefined, changed: nothing },
    insertOrder: batched((orders: NewOrder[]) => insertOrders(db, orders)),
    findByKey: () => Promise.reject(new Error('each key is used once')),
  };
  return async (placement: Placement): Promise<void> => {
    const placed = await placeOrder(dependencies, STAFF, placement);
    if (!placed.order) throw new Error(placed.errors.map(({ message }) => message).join(' '));
    // The two jobs ask for the commands above and no others.
    const clients = commands as unknown as CommandClients;
    await reserveStock(placedEvent(placed.order.id, placement), clients, HOLD_SECONDS);
    await settlePayment(dueEvent(placed.order, placement), clients, false, HOLD);
  };
}

function placedEvent(orderId: string, { lines, customerId = null }: Placement) {
  const items = lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const data = { seq: 1, status: 'PENDING', notify: false, customerId, items };
  return { id: newId(), type: 'order.placed', subject: orderId, data } as const;
}

function dueEvent(
  { id, customerId, total, currency }: { id: string; customerId: string | null } & Money,
  { paymentMethod }: Placement,
) {
  const method = paymentMethod as string;
  const due = { attempt: 1, customerId, amount: total, currency, method };
  const data = { seq: 3, status: 'RESERVED', ...due };
  return { id: newId(), type: 'order.reserved', subject: id, data } as const;
}

interface Money {
  total: number;
  currency: string;
}
