import { expect, it } from 'vitest';
import { withDeadline } from './deadline.js';
import { type PaymentProvider, PaymentProviderTimeout } from './provider.js';

const request = { key: 'k', amount: 1, currency: 'GBP', method: 'm', authorization: 'a' };

function provider(answer: () => Promise<never>): PaymentProvider {
  const all = { authorize: answer, capture: answer, void: answer, refund: answer, lookUp: answer };
  const webhooks = { read: () => undefined, inspect: answer };
  return { name: 'slow', ...all, clientSecret: answer, webhooks };
}

it('gives up a provider that does not answer', async () => {
  const slow = withDeadline(
    provider(() => new Promise<never>(() => {})),
    1,
  );
  const followUp = { ...request, reference: null };
  await expect(slow.authorize(request)).rejects.toThrow(PaymentProviderTimeout);
  await expect(slow.capture({ ...followUp, final: true })).rejects.toThrow(PaymentProviderTimeout);
  await expect(slow.void(followUp)).rejects.toThrow(PaymentProviderTimeout);
  await expect(slow.refund(followUp)).rejects.toThrow(PaymentProviderTimeout);
  await expect(slow.clientSecret?.('r')).rejects.toThrow(PaymentProviderTimeout);
  await expect(slow.webhooks?.inspect('r')).rejects.toThrow(PaymentProviderTimeout);
  await expect(slow.lookUp('k')).rejects.toThrow(PaymentProviderTimeout);
});

it('passes answers and failures on', async () => {
  const failing = withDeadline(provider(() => Promise.reject(new Error('out of order'))));
  await expect(failing.authorize(request)).rejects.toThrow('out of order');
});
