import { describeProvider } from '../../testing/provider-contract.js';
import { STUB_KEY, startStripeStub } from '../../testing/stripe-stub.js';
import { openStripe } from './stripe.js';

describeProvider('Stripe', async () => {
  const stub = await startStripeStub();
  const provider = openStripe({ secretKey: STUB_KEY, apiUrl: stub.url });
  return {
    provider,
    methods: {
      approves: 'pm_card_visa',
      declinesHard: 'pm_card_chargeDeclinedStolenCard',
      declinesSoft: 'pm_card_chargeDeclinedInsufficientFunds',
      settlesLate: 'pm_card_authenticationRequired',
      ends: 'pm_card_visa',
      captureFails: 'pm_stub_captureFails',
      refundFails: 'pm_stub_refundFails',
    },
    settle: async (key) => stub.authenticate(stub.intentOf(key).id),
    expire: async (key) => stub.bank.expire(stub.intentOf(key).id),
    losesAnswer: () => {
      // Twice: the library itself repeats once what a closed connection interrupted.
      const lost = { at: /^POST \/v1\/payment_intents$/, losesAnswer: true };
      stub.faults.push(lost, lost);
      return 'pm_card_visa';
    },
    close: async () => {
      await provider.close?.();
      await stub.close();
    },
  };
});
