import { StubError } from './errors.js';

export interface StubAnswer {
  status: number;
  body: object;
  replayed?: boolean;
}

/**
 * Answers a repeated request as the first one was answered, errors included, and refuses other parameters under the
 * same key: https://docs.stripe.com/api/idempotent_requests
 */
export class Idempotency {
  private readonly answers = new Map<string, { request: string; answer: StubAnswer }>();

  answer(key: string | undefined, request: string, perform: () => object): StubAnswer {
    const known = key === undefined ? undefined : this.answers.get(key);
    if (known) {
      if (known.request === request) return { ...known.answer, replayed: true };
      const message =
        'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return failed(new StubError(400, { type: 'idempotency_error', message }));
    }
    const { answer, begun } = attempt(perform);
    if (key !== undefined && begun) this.answers.set(key, { request, answer });
    return answer;
  }

  /** What Stripe does with keys that are a day old. */
  forget(): void {
    this.answers.clear();
  }
}

function attempt(perform: () => object): { answer: StubAnswer; begun: boolean } {
  try {
    return { answer: { status: 200, body: structuredClone(perform()) }, begun: true };
  } catch (error) {
    if (!(error instanceof StubError)) throw error;
    return { answer: failed(error), begun: error.begun };
  }
}

function failed({ status, error }: StubError): StubAnswer {
  return { status, body: structuredClone({ error }) };
}
