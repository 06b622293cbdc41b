import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { MAIN_LOCATION } from './main-location.js';

const MANAGER: Identity = { kind: 'user', userId: newId(), roles: ['MANAGER'] };
const FIELDS = 'id code name country address priority active';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

function ask(mutation: 'create' | 'update', input: object, identity = MANAGER) {
  const type = mutation === 'create' ? 'CreateLocationInput' : 'UpdateLocationInput';
  return catalog.ask(
    `mutation ($input: ${type}!) {
      result: ${mutation}Location(input: $input) { location { ${FIELDS} } userErrors { code field } }
    }`,
    { input },
    identity,
  );
}

const find = (code: string) =>
  catalog.ask(`query ($code: String!) { location(code: $code) { ${FIELDS} } }`, { code }, STAFF);

const ID = expect.stringMatching(/^Location_[0-9a-f-]{36}$/);

describe('locations', () => {
  it('has one from the beginning', async () => {
    expect(await find('main')).toMatchObject({
      location: { id: `Location_${MAIN_LOCATION}`, priority: 100, active: true },
    });
  });

  it('opens more, and staff see them', async () => {
    const input = { code: 'depot-2', name: ' Depot ', country: 'DE', address: 'Hafen 1\nHamburg' };
    const location = { ...input, id: ID, name: 'Depot', priority: 100, active: true };
    expect(await ask('create', input)).toEqual({ result: { location, userErrors: [] } });
    expect(await find('depot-2')).toEqual({ location });
    expect(await ask('create', input)).toMatchObject({
      result: { location: null, userErrors: [{ code: 'CODE_TAKEN', field: ['code'] }] },
    });
  });

  it('changes what is named, and takes away what is null', async () => {
    await ask('create', { code: 'shop', name: 'Shop', country: 'GB', address: 'Here' });
    const change = { code: 'shop', priority: 5, active: false, country: null };
    expect(await ask('update', change)).toEqual({
      result: {
        location: { ...change, id: ID, name: 'Shop', address: 'Here' },
        userErrors: [],
      },
    });
  });

  it.each([
    ['create', { code: 'Shop' }, 'INVALID_CODE', ['code']],
    ['create', { code: 'x' }, 'INVALID_CODE', ['code']],
    ['create', { name: ' ' }, 'INVALID_TEXT', ['name']],
    ['create', { address: 'a\0' }, 'INVALID_TEXT', ['address']],
    ['create', { country: 'uk' }, 'INVALID_COUNTRY', ['country']],
    ['create', { priority: -1 }, 'INVALID_PRIORITY', ['priority']],
    ['update', { code: 'nowhere' }, 'NOT_FOUND', ['code']],
    ['update', { code: 'main', priority: 10_001 }, 'INVALID_PRIORITY', ['priority']],
  ] as const)('%s refuses %j', async (mutation, wrong, code, field) => {
    expect(await ask(mutation, { code: 'wrong', name: 'Wrong', ...wrong })).toEqual({
      result: { location: null, userErrors: [{ code, field: [...field] }] },
    });
    expect(await find('wrong')).toEqual({ location: null });
  });

  it('lists them by code, page by page, to staff', async () => {
    await catalog.location('z-one');
    await catalog.location('z-two');
    const LIST = `query ($after: String) { locations(first: 2, after: $after) {
      edges { node { code } } pageInfo { hasNextPage endCursor } } }`;
    const codes: string[] = [];
    for (let after: string | null = null; ; ) {
      const { locations }: Page = await catalog.ask<Page>(LIST, { after }, STAFF);
      codes.push(...locations.edges.map(({ node }) => node.code));
      if (!locations.pageInfo.hasNextPage) break;
      after = locations.pageInfo.endCursor;
    }
    expect(codes).toEqual(codes.toSorted());
    expect(codes).toEqual(expect.arrayContaining(['main', 'z-one', 'z-two']));
    expect(await catalog.errorCodes(LIST, {}, CUSTOMER)).toEqual(['FORBIDDEN']);
  });

  it('are changed by managers alone', async () => {
    for (const mutation of ['create', 'update'] as const)
      expect(await ask(mutation, { code: 'main', name: 'Mine' }, STAFF)).toMatchObject({
        result: { location: null, userErrors: [{ code: 'FORBIDDEN' }] },
      });
  });
});

interface Page {
  locations: {
    edges: Array<{ node: { code: string } }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}
