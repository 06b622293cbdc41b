import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { post, sha256 } from '@waybill/gateway/testing/http.js';
import { testTerminal } from '@waybill/scripts/command-line/testing.js';
import { operations } from '@waybill/scripts/operations.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { client } from '../support/client.js';
import { createApiKey, createPartner } from '../support/partners.js';
import { logIn, openShop, type Shop } from '../support/shop.js';

const PRODUCTS = 'query Products { products(first: 1) { edges { node { handle } } } }';
const WRONG = 'query Wrong { nothing }';

let shop: Shop;
let folder: string;
let partner: string;
let keys: Record<'managing' | 'reading', string>;

beforeAll(async () => {
  shop = await openShop();
  folder = await mkdtemp(join(tmpdir(), 'waybill-operations-'));
});
afterAll(async () => {
  await shop?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  const admin = client(shop.url, await logIn(shop.nobody, DEMO_PEOPLE.admin));
  partner = await createPartner(admin);
  const secret = async (scope: string) => (await createApiKey(admin, partner, [scope])).secret;
  keys = { managing: await secret('OPERATIONS'), reading: await secret('READ') };
});
afterEach(() => vi.unstubAllEnvs());

async function run(...args: string[]) {
  const terminal = testTerminal(...args, '--url', shop.url);
  const exitCode = await operations(terminal);
  return { exitCode, stdout: terminal.stdout, stderr: terminal.stderr };
}

/** The same as the partner whose key this is. */
async function runAsPartner(...args: string[]) {
  vi.stubEnv('WAYBILL_API_KEY', keys.managing);
  return run(...args).finally(() => vi.unstubAllEnvs());
}

async function runAsManager(...args: string[]) {
  vi.stubEnv('WAYBILL_STAFF_EMAIL', DEMO_PEOPLE.manager.email);
  vi.stubEnv('WAYBILL_STAFF_PASSWORD', DEMO_PEOPLE.manager.password);
  return run(...args, '--partner', partner).finally(() => vi.unstubAllEnvs());
}

async function file(content: unknown): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const apollo = (...texts: string[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: texts.map((body) => ({ id: sha256(body), name: 'x', type: 'query', body })),
});

describe('npm run operations', () => {
  it('takes operations from a manifest to a retirement', async () => {
    const manifest = await file(apollo(PRODUCTS));
    const id = sha256(PRODUCTS);
    expect((await runAsPartner('check', manifest)).stdout).toMatch(
      new RegExp(`^✓ ${id} query Products costs \\d+\\n$`),
    );
    expect((await runAsPartner('list')).stdout).toBe('There are no operations.\n');
    expect((await runAsPartner('register', manifest)).exitCode).toBe(0);
    expect((await runAsPartner('list')).stdout).toMatch(
      new RegExp(`${id}.*Products.*PENDING.* 0 `),
    );
    const approved = await runAsManager('approve', id);
    expect(approved).toEqual({ exitCode: 0, stdout: `${id} Products APPROVED\n`, stderr: '' });
    const asked = { documentId: id };
    const { body } = await post(shop.url, asked, { 'x-api-key': keys.reading });
    expect(body.data).toMatchObject({ products: {} });
    const exported = await runAsManager('export');
    expect(JSON.parse(exported.stdout)).toMatchObject({ operations: [{ id, body: PRODUCTS }] });
    await expect
      .poll(async () => (await runAsPartner('list', '--unused', '--json')).stdout, {
        timeout: 10_000,
      })
      .toBe('[]\n');
    expect((await runAsPartner('retire', id)).stdout).toBe(`${id} Products RETIRED\n`);
    const [listed] = JSON.parse((await runAsPartner('list', '--json')).stdout);
    expect(listed).toMatchObject({ operationId: id, state: 'RETIRED', uses: 1 });
  });

  it.each([
    ["Apollo's manifest", apollo(PRODUCTS)],
    ["Relay's persisted queries", { '5f2b8f0c': PRODUCTS }],
    ["graphql-codegen's documents", { [`sha256:${sha256(PRODUCTS)}`]: PRODUCTS }],
  ])('takes %s', async (_, manifest) => {
    const { exitCode, stdout } = await runAsPartner('register', await file(manifest), '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).operations).toMatchObject([{ name: 'Products', problems: [] }]);
  });

  it('ends with 1 where an operation is wrong, says why, and registers none', async () => {
    const manifest = await file(apollo(PRODUCTS, WRONG));
    const { exitCode, stdout, stderr } = await runAsPartner('register', manifest);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✓ .* Products .*\n✗ .* Wrong\n {4}GRAPHQL_VALIDATION_FAILED: .*\n$/);
    expect(stderr).toMatch(/^Nothing was registered/);
    expect((await runAsPartner('check', manifest)).exitCode).toBe(1);
    expect((await runAsPartner('list', '--json')).stdout).toBe('[]\n');
  });

  it('ends with 1 where it is refused', async () => {
    const unknown = await runAsManager('approve', 'unknown');
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stderr).toBe('The partner has no operation "unknown".\n');
    const forbidden = await run('approve', 'unknown', '--partner', partner);
    expect(forbidden.exitCode).toBe(1);
    expect(forbidden.stderr).toBe('Your role does not allow this.\n');
    const nobody = await run('list', '--partner', 'nobody');
    expect([nobody.exitCode, nobody.stderr]).toEqual([
      1,
      'error: there is no such partner: name one with --partner\n',
    ]);
  });

  it('ends with 2 where it is called wrongly', async () => {
    for (const args of [['check'], ['approve'], ['list', '--state', 'DONE'], ['nothing'], []]) {
      expect((await run(...args)).exitCode).toBe(2);
    }
    const unreadable = await run('check', await file('{'));
    expect([unreadable.exitCode, unreadable.stdout]).toEqual([2, '']);
  });
});
