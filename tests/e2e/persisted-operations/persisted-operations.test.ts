import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

interface Manifest {
  operations: Array<{ id: string; name: string; type: string; body: string }>;
}

const manifest = JSON.parse(
  readFileSync(join(repositoryRoot(), 'schema/operations/manifest.json'), 'utf8'),
) as Manifest;

function idOf(name: string): string {
  return manifest.operations.find((operation) => operation.name === name)?.id ?? '';
}

describe('registered operations', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop();
    customer = await shop.customer('Hedy Lamarr');
  });
  afterAll(() => shop?.close());

  it('run by their id over POST', async () => {
    const answer = await customer.persisted(idOf('Me'));
    expect(answer).toMatchObject({ data: { me: { name: 'Hedy Lamarr' } } });
  });

  it('run by their hash over GET', async () => {
    const persistedQuery = { version: 1, sha256Hash: idOf('Products') };
    const search = new URLSearchParams({
      extensions: JSON.stringify({ persistedQuery }),
      variables: JSON.stringify({ first: 2 }),
    });
    const response = await fetch(`${shop.url}?${search}`, {
      headers: { accept: 'application/json', 'apollo-require-preflight': 'true' },
    });
    const { data } = (await response.json()) as { data: { products: { edges: unknown[] } } };
    expect(data.products.edges).toHaveLength(2);
  });

  it('are refused by an id that nobody registered', async () => {
    const answer = await customer.persisted('0'.repeat(64));
    expect(answer.errors?.[0]?.extensions?.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});
