import { testDatabase } from '@waybill/kernel/testing/database.js';
import { openPaymentsDatabase } from '../index.js';
import { describeProvider } from '../testing/provider-contract.js';
import { openSimulator } from './simulator.js';

const TIMES = { settleAfterMs: 100, authorizedForMs: 10_000 };

describeProvider('the simulator', async () => {
  const db = await openPaymentsDatabase(await testDatabase());
  let passedMs = 0;
  const provider = await openSimulator(db, { ...TIMES, now: () => Date.now() + passedMs });
  /** Time alone settles what is pending, and ends what is authorized. */
  const pass = async (ms: number) => {
    passedMs += ms;
  };
  return {
    provider,
    methods: {
      approves: 'pm_card_approve',
      declinesHard: 'pm_card_decline',
      declinesSoft: 'pm_card_insufficient_funds',
      settlesLate: 'pm_card_settle_late',
      ends: 'pm_card_expiring',
      captureFails: 'pm_card_capture_fails',
      refundFails: 'pm_card_refund_fails',
    },
    settle: () => pass(TIMES.settleAfterMs),
    expire: () => pass(TIMES.authorizedForMs),
    losesAnswer: () => 'pm_card_timeout_once',
    close: async () => {
      await provider.close?.();
      await db.close();
    },
  };
});
