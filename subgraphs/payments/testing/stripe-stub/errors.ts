/** An error in Stripe's shape: https://docs.stripe.com/api/errors */
export class StubError extends Error {
  constructor(
    readonly status: number,
    readonly error: { type: string; code?: string; param?: string; [more: string]: unknown },
    /** Whether a repetition under the same key gets the same answer: not what failed before anything began. */
    readonly begun = false,
  ) {
    super(String(error.message ?? error.code ?? error.type));
  }
}

export function invalid(message: string, more: { code?: string; param?: string } = {}): StubError {
  return new StubError(400, { type: 'invalid_request_error', message, ...more });
}

export function missing(what: string, id: string, param: string): StubError {
  const message = `No such ${what}: '${id}'`;
  const status = param === 'intent' ? 404 : 400;
  return new StubError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message,
  });
}

export function cardError(more: { code: string; [name: string]: unknown }): StubError {
  return new StubError(
    402,
    { type: 'card_error', message: 'Your card was declined.', ...more },
    true,
  );
}
