import { type PaymentProvider, PaymentProviderTimeout, type ProviderWebhooks } from './provider.js';

/**
 * Milliseconds for which one answer is waited for. A batch is as slow as its slowest answer, so this also bounds how
 * long one sick request delays its neighbours; the answer that comes later is fetched when the job asks again.
 */
export const PROVIDER_DEADLINE_MS = 2_000;

/** The same provider, but every request ends within `deadlineMs`, if need be in PaymentProviderTimeout. */
export function withDeadline(
  provider: PaymentProvider,
  deadlineMs = PROVIDER_DEADLINE_MS,
): PaymentProvider {
  const within = <Answer>(request: string, answer: Promise<Answer>) =>
    answerWithin(request, answer, deadlineMs);
  return {
    name: provider.name,
    authorize: (request) => within(`authorize ${request.key}`, provider.authorize(request)),
    capture: (request) => within(`capture ${request.key}`, provider.capture(request)),
    void: (request) => within(`void ${request.key}`, provider.void(request)),
    refund: (request) => within(`refund ${request.key}`, provider.refund(request)),
    lookUp: (key, reference) => within(`look up ${key}`, provider.lookUp(key, reference)),
    clientSecret: async (reference) =>
      within(`client secret ${reference}`, provider.clientSecret?.(reference) ?? NO_SECRET),
    ...(provider.webhooks && { webhooks: webhooksWithin(provider.webhooks, within) }),
    close: async () => provider.close?.(),
  };
}

const NO_SECRET = Promise.resolve(null);

type Within = <Answer>(request: string, answer: Promise<Answer>) => Promise<Answer>;

function webhooksWithin(webhooks: ProviderWebhooks, within: Within): ProviderWebhooks {
  return {
    read: (request) => webhooks.read(request),
    inspect: (reference) => within(`inspect ${reference}`, webhooks.inspect(reference)),
  };
}

async function answerWithin<Answer>(
  request: string,
  answer: Promise<Answer>,
  deadlineMs: number,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PaymentProviderTimeout(request)), deadlineMs);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
