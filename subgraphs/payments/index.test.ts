import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPaymentsSubgraph } from './index.js';
import { allOf, anOrder } from './testing/payments.js';
import { openTestSubgraph } from './testing/subgraph.js';

describe('the payments subgraph', () => {
  it('publishes what settled', async () => {
    const payments = await openTestSubgraph();
    onTestFinished(() => payments.close());
    await payments.subgraph.start();
    const order = anOrder({ method: 'pm_card_settle_late' });
    await payments.subgraph.commands.authorizePayment([order]);
    await payments.subgraph.commands.checkPendingPayments([{ limit: 10 }]);
    await expect.poll(() => payments.published).toHaveLength(1);
    expect(payments.published[0]).toMatchObject({
      type: 'payment.settled',
      subject: order.orderId,
      data: { attempt: 1, amount: 1050, currency: 'GBP', method: 'pm_card_settle_late' },
    });
  });

  it('pays by the simulator, which remembers a charge after a restart', async () => {
    const databaseUrl = await testDatabase();
    const open = () =>
      createPaymentsSubgraph({ databaseUrl, log: silentLog, publish: async () => {} });
    const order = anOrder();
    const first = await open();
    await first.ready();
    await first.commands.authorizePayment([order]);
    await first.close();
    await expect(first.ready()).rejects.toThrow();
    const second = await open();
    onTestFinished(() => second.close());
    expect(await second.commands.capturePayment([allOf(order)])).toMatchObject([
      { outcome: 'CAPTURED' },
    ]);
    expect(await second.commands.reversePayment([order])).toEqual([
      { outcome: 'REVERSED', refunded: 1050 },
    ]);
  });
});
