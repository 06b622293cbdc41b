import { describe, expect, it } from 'vitest';
import { checkerOf } from './operation-checker.js';
import { SUPERGRAPH } from './paths.js';

const checker = checkerOf(SUPERGRAPH);

async function problems(...texts: string[]) {
  const operations = texts.map((text, i) => ({ id: String(i), text }));
  const checked = await checker.check(operations, 1_000);
  return checked.map(({ problems: each }) => each.map(({ code, message }) => `${code} ${message}`));
}

describe('an operation of a partner', () => {
  it('may use what is for customers and for partners', async () => {
    const fit = [
      'query Own { partner { name operations { operationId uses } } }',
      'query Order($id: ID!) { order(id: $id) { number status payments { method } } }',
      'query Products { products(first: 10) { edges { node { handle title } } } }',
      'mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
      'subscription Follow($id: ID!) { orderUpdates(orderId: $id) { seq order { status } } }',
    ];
    expect(await problems(...fit)).toEqual(fit.map(() => []));
  });

  it('may use nothing that is for staff, however deep it is', async () => {
    const [staff, admin, nested] = await problems(
      'mutation Stock($input: SetStockInput!) { setStock(input: $input) { userErrors { code } } }',
      'query Log { auditLog { edges { node { actor } } } }',
      'query All { ...F } fragment F on Query { users { edges { node { name } } } }',
    );
    expect(staff).toEqual([
      expect.stringMatching(/^FORBIDDEN Mutation\.setStock is not for partners/),
    ]);
    expect(admin).toContainEqual(expect.stringMatching(/^FORBIDDEN Query\.auditLog/));
    expect(nested).toEqual([expect.stringMatching(/^FORBIDDEN Query\.users/)]);
  });

  it('is told only what is wrong with its text where that is not valid', async () => {
    const [wrong] = await problems('query Wrong { auditLog { nothing } }');
    expect(wrong).toEqual([expect.stringMatching(/^GRAPHQL_VALIDATION_FAILED /)]);
  });
});
