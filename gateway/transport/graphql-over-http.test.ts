import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../index.js';
import { testGateway } from '../testing/graph.js';

let gateway: Gateway;
let url: string;

beforeAll(async () => {
  ({ gateway } = await testGateway());
  ({ url } = await gateway.listen(0));
});
afterAll(() => gateway.close());

/** The audits of the GraphQL Foundation's own implementation: all it MUST, SHOULD and MAY do. */
describe('GraphQL over HTTP, audited', () => {
  it.each(serverAudits({ url: () => url }))('$name', async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: 'ok' });
  });
});
