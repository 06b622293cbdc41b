import { afterEach, it as test } from 'vitest';

/** What a suite that was written for Jest imports from `@jest/globals`, made of Vitest's. */
export { afterAll, beforeAll, beforeEach, describe, expect, vi as jest } from 'vitest';

type Done = (error?: unknown) => void;
type Body = (done: Done) => unknown;

/** Jest hands a callback to whatever takes a parameter. */
function awaitable(body: Body): () => unknown {
  if (body.length === 0) return body as () => unknown;
  return () =>
    new Promise<void>((resolve, reject) => {
      body((error) => (error === undefined ? resolve() : reject(error)));
    });
}

const afterEachAwaited = (body: Body) => afterEach(async () => void (await awaitable(body)()));
const it: Pick<typeof test, 'each' | 'skip'> & ((name: string, body: Body) => void) = Object.assign(
  (name: string, body: Body) => test(name, awaitable(body)),
  { each: test.each.bind(test), skip: test.skip },
);

export { afterEachAwaited as afterEach, it, it as test };
