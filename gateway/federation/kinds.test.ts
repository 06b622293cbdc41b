import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { comparable } from '../testing/comparable.js';
import type { HeldQuestion, Kind } from './testing/kind.js';
import { KINDS } from './testing/kinds.js';
import { type Ask, threeGateways } from './testing/three-gateways.js';

/** Whatever is asked and answered, no object may get a property by way of its prototype. */
const UNTOUCHED = Reflect.ownKeys(Object.prototype);

/** What we answer ourselves is asserted for as long as stock answers something else. */
function expectOurs({ ours }: HeldQuestion, answer: ExecutionResult, stock: ExecutionResult) {
  const wanted = { data: ours?.data, errors: ours?.errors ?? [] };
  expect(seen(answer)).toEqual(wanted);
  expect(seen(stock), 'stock keeps the rule by now').not.toEqual(wanted);
}

/** May be asked twice. */
const isQuery = ({ query }: HeldQuestion) => !query.includes('mutation');

function seen({ data, errors = [] }: ExecutionResult) {
  const shown = ({ message, path, extensions }: GraphQLFormattedError) => ({
    message,
    ...(path && { path }),
    code: extensions?.code,
  });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors: errors.map(shown) };
}

describe.each(KINDS.map((kind): [string, Kind] => [kind.name, kind]))('%s', (_name, kind) => {
  let gateways: Awaited<ReturnType<typeof threeGateways>>;

  beforeAll(async () => {
    gateways = await threeGateways(kind);
  });
  afterAll(() => gateways.close());
  afterEach(() => {
    expect(Reflect.ownKeys(Object.prototype)).toEqual(UNTOUCHED);
  });

  for (const [name, asked] of Object.entries(kind.questions)) {
    it(name, async () => {
      const question: HeldQuestion = typeof asked === 'string' ? { query: asked } : asked;
      const expected = await gateways.stock(question);
      for (const ask of [gateways.inProcess, gateways.overHttp] satisfies Ask[]) {
        const answer = await ask(question);
        if (question.ours) expectOurs(question, answer, expected);
        else expect(comparable(answer)).toEqual(comparable(expected));
        if (ask === gateways.inProcess && isQuery(question) && answer.data) {
          expect(await gateways.text(question)).toBe(JSON.stringify(answer));
        }
      }
    });
  }
});
