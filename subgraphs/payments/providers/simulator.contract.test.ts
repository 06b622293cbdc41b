import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect } from 'vitest';
import { openPaymentsDatabase } from '../index.js';
import { describeProvider } from '../testing/provider-contract.js';
import { openSimulator } from './simulator.js';

describeProvider('the simulator', async () => {
  const db = await openPaymentsDatabase(await testDatabase());
  const provider = await openSimulator(db, { settleAfterMs: 100 });
  return {
    provider,
    methods: {
      approves: 'pm_card_approve',
      declinesHard: 'pm_card_decline',
      declinesSoft: 'pm_card_insufficient_funds',
      settlesLate: 'pm_card_settle_late',
      captureFails: 'pm_card_capture_fails',
      refundFails: 'pm_card_refund_fails',
    },
    // Time alone settles it.
    settle: (key) =>
      expect.poll(() => provider.lookUp(key)).toMatchObject({ outcome: 'AUTHORIZED' }),
    losesAnswer: () => 'pm_card_timeout_once',
    close: async () => {
      await provider.close?.();
      await db.close();
    },
  };
});
