import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allOf,
  openTestPayments,
  paidOrder,
  sharedOrder,
  type TestPayments,
} from './testing/payments.js';

let payments: TestPayments;

beforeAll(async () => {
  payments = await openTestPayments();
});

afterAll(() => payments.close());

/** What the books say of an order, by account. */
async function balances(orderId: string): Promise<Record<string, number>> {
  const rows = await payments.db.query<{ account: string; sum: number }>(
    'test.balances',
    `select account, sum(amount)::float8 as sum from ledger_entries where order_id = $1
     group by account`,
    [orderId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

function insert(...amounts: number[]) {
  const [transferId, orderId] = [newId(), newId()];
  const accounts = ['PROVIDER_RECEIVABLE', 'CUSTOMER_PAYMENTS', 'REFUNDS'];
  const rows = amounts.map((amount, i) => ({ account: accounts[i], amount }));
  return payments.db.query(
    'test.insert',
    `insert into ledger_entries (transfer_id, account, amount, currency, order_id)
     select $1, account, amount, 'GBP', $2
     from jsonb_to_recordset($3) as r (account text, amount bigint)`,
    [transferId, orderId, JSON.stringify(rows)],
  );
}

describe('the ledger', () => {
  it('says what was captured and what went back, each once', async () => {
    const { orderId } = await paidOrder(payments);
    await payments.one.capturePayment(allOf({ orderId }));
    expect(await balances(orderId)).toEqual({
      PROVIDER_RECEIVABLE: 1050,
      CUSTOMER_PAYMENTS: -1050,
    });
    const refund = { orderId, refundId: newId(), amount: 50, reason: 'late' };
    await payments.one.refundPayment(refund);
    await payments.one.refundPayment(refund);
    expect(await balances(orderId)).toEqual({
      PROVIDER_RECEIVABLE: 1000,
      CUSTOMER_PAYMENTS: -1050,
      REFUNDS: 50,
    });
    await payments.one.reversePayment({ orderId });
    expect(await balances(orderId)).toMatchObject({ PROVIDER_RECEIVABLE: 0, REFUNDS: 1050 });
  });

  it('counts what was taken in parts and from several payments', async () => {
    const orderId = await sharedOrder(payments);
    const part = { orderId, captureId: newId(), amount: 700, final: false };
    await payments.one.capturePayment(part);
    expect(await balances(orderId)).toMatchObject({ PROVIDER_RECEIVABLE: 700 });
    await payments.one.refundPayment({ orderId, refundId: newId(), amount: 650, reason: 'late' });
    expect(await balances(orderId)).toMatchObject({ PROVIDER_RECEIVABLE: 50, REFUNDS: 650 });
  });

  it('counts what only the provider knew of', async () => {
    const orderId = await sharedOrder(payments);
    const [first] = await payments.payments(orderId);
    const { id = '', reference = null } = first ?? {};
    const lost = { key: `${id}:lost`, authorization: id, reference, amount: 600, final: true };
    await payments.provider.capture(lost);
    await payments.one.reversePayment({ orderId });
    expect(await balances(orderId)).toEqual({
      PROVIDER_RECEIVABLE: 0,
      CUSTOMER_PAYMENTS: -600,
      REFUNDS: 600,
    });
  });

  it('says nothing of what was refused', async () => {
    const { orderId } = await paidOrder(payments, { method: 'pm_card_capture_fails' });
    expect(await balances(orderId)).toEqual({});
  });

  it('takes no transfer whose sum is not 0', async () => {
    await insert(100, -60, -40);
    for (const amounts of [[100], [100, -99], [100, 100]]) {
      await expect(insert(...amounts)).rejects.toThrow('must sum to 0');
    }
  });

  it.each([
    'update ledger_entries set amount = 1',
    'delete from ledger_entries',
    'truncate ledger_entries',
  ])('is append-only: %s', async (statement) => {
    await expect(payments.db.query(`test.${statement}`, statement)).rejects.toThrow('append-only');
  });
});
