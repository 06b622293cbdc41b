import type { EntityManager } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import {
  type CaptureRow,
  CaptureTable,
  type LedgerEntryRow,
  LedgerEntryTable,
  type PaymentRow,
  PaymentTable,
  type RefundRow,
  RefundTable,
} from '../tables.js';

/** One statement for all keys that one level of an operation asks for. */
export interface Loaders {
  payment: DataLoader<string, PaymentRow | undefined>;
  paymentsOfOrder: DataLoader<string, PaymentRow[]>;
  capturesOfPayment: DataLoader<string, CaptureRow[]>;
  refundsOfPayment: DataLoader<string, RefundRow[]>;
  ledgerOfOrder: DataLoader<string, LedgerEntryRow[]>;
}

export function loadersFor(em: EntityManager): Loaders {
  return {
    payment: new DataLoader(async (ids) => {
      const rows = await em.find(PaymentTable, { id: { $in: [...ids] } });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id));
    }),
    paymentsOfOrder: new DataLoader(async (ids) => {
      const rows = await em.find(
        PaymentTable,
        { orderId: { $in: [...ids] } },
        { orderBy: { id: 'asc' } },
      );
      const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
      return ids.map((id) => byOrder.get(id) ?? []);
    }),
    capturesOfPayment: new DataLoader(async (ids) => {
      const rows = await em.find(
        CaptureTable,
        { paymentId: { $in: [...ids] } },
        { orderBy: { createdAt: 'asc', captureId: 'asc' } },
      );
      const byPayment = Map.groupBy(rows, ({ paymentId }) => paymentId);
      return ids.map((id) => byPayment.get(id) ?? []);
    }),
    ledgerOfOrder: new DataLoader(async (ids) => {
      const rows = await em.find(
        LedgerEntryTable,
        { orderId: { $in: [...ids] } },
        { orderBy: { at: 'asc', transferId: 'asc', amount: 'desc' } },
      );
      const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
      return ids.map((id) => byOrder.get(id) ?? []);
    }),
    refundsOfPayment: new DataLoader(async (ids) => {
      const rows = await em.find(
        RefundTable,
        { paymentId: { $in: [...ids] } },
        { orderBy: { id: 'asc' } },
      );
      const byPayment = Map.groupBy(rows, ({ paymentId }) => paymentId);
      return ids.map((id) => byPayment.get(id) ?? []);
    }),
  };
}
