import { buildSchema } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGateway, type Gateway } from './index.js';
import { testGateway } from './testing/graph.js';

const EITHER = `subscription Either($full: Boolean!) {
  ...Full @include(if: $full)
  short: reviewAdded @skip(if: $full) { id }
}
fragment Full on Subscription { full: reviewAdded { id author { name } body @skip(if: $full) } }`;
const REVIEW = { id: '77', body: 'new', authorId: '2', upc: 'couch' };

async function opened(gateway: Gateway, query: string, variables = {}) {
  const stream = await gateway.subscribe({ query, variables });
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
  onTestFinished(() => void stream.return?.());
  return stream;
}

describe('a subscription whose root field depends on variables', () => {
  it('is the one they choose', async () => {
    const { gateway, graph } = await testGateway();
    const full = await opened(gateway, EITHER, { full: true });
    const short = await opened(gateway, EITHER, { full: false });
    graph.feed.publish(REVIEW);
    expect((await full.next()).value).toEqual({
      data: { full: { id: '77', author: { name: 'Alan Turing' } } },
    });
    expect((await short.next()).value).toEqual({ data: { short: { id: '77' } } });
  });

  it.each([
    ['subscription($on: Boolean!) { reviewAdded @include(if: $on) { id } }', { on: false }],
    ['subscription($on: Boolean = false) { reviewAdded @include(if: $on) { id } }', {}],
    ['subscription { reviewAdded @skip(if: true) { id } }', {}],
    [
      'subscription($on: Boolean!) { reviewAdded { id } b: reviewAdded @include(if: $on) { id } }',
      { on: true },
    ],
  ])('is refused where they leave not one field: %s', async (query, variables) => {
    const { gateway, graph } = await testGateway();
    expect(await gateway.subscribe({ query, variables, requestId: 'request-42' })).toEqual({
      errors: [
        expect.objectContaining({
          message: 'With these variables the subscription does not select exactly one field.',
          extensions: { code: 'BAD_USER_INPUT', requestId: 'request-42' },
        }),
      ],
    });
    expect(graph.feed.open.size).toBe(0);
  });

  it('is refused with variables that do not fit, and as a query', async () => {
    const { gateway } = await testGateway();
    const operation = { query: EITHER, variables: { full: 'yes' } };
    for (const refused of [await gateway.subscribe(operation), await gateway.execute(operation)]) {
      expect(refused).toMatchObject({
        errors: [{ extensions: { code: expect.stringMatching(/^BAD_/) } }],
      });
      expect(refused).not.toHaveProperty('data');
    }
  });

  it('is so for a plain schema, too', async () => {
    const schema = buildSchema('type Query { a: Int } type Subscription { tick: Int }');
    const ticks = async function* () {
      yield { tick: 1 };
    };
    Object.assign(schema.getSubscriptionType()?.getFields().tick ?? {}, { subscribe: ticks });
    const gateway = await createGateway({ schema });
    const query = 'subscription($on: Boolean!) { t: tick @include(if: $on) }';
    const stream = await opened(gateway, query, { on: true });
    expect((await stream.next()).value).toEqual({ data: { t: 1 } });
    expect(await gateway.subscribe({ query, variables: { on: false } })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});
