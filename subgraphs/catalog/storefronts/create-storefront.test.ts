import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

const MANAGER: Identity = { kind: 'user', userId: newId(), roles: ['MANAGER'] };

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const FIELDS = `id code name logoUrl colours { primary secondary } currency locale captureOn
  sender { name address }`;

const CREATE = `mutation ($input: CreateStorefrontInput!) {
  createStorefront(input: $input) { storefront { ${FIELDS} } userErrors { code field } }
}`;

const FIND = `query ($code: String!) { storefront(code: $code) { ${FIELDS} } }`;

const PLAIN = { code: 'plain', name: 'Plain', currency: 'EUR', locale: 'de-DE' };

function create(input: object, identity = MANAGER) {
  return catalog.ask<{ createStorefront: { storefront: { id: string } | null } }>(
    CREATE,
    { input: { ...PLAIN, ...input } },
    identity,
  );
}

describe('createStorefront', () => {
  it('opens one with all that it can have, and staff see it so', async () => {
    const input = {
      code: 'blue-shop',
      name: ' Blue ',
      logoUrl: 'https://example.com/blue.svg',
      colours: { primary: '#0000FF', secondary: '#fafafa' },
      currency: 'JPY',
      locale: 'ja-jp',
      captureOn: 'SHIPMENT',
      sender: { name: 'Blue', address: 'hello@blue.example' },
    };
    const storefront = {
      ...input,
      id: expect.stringMatching(/^Storefront_[0-9a-f-]{36}$/),
      name: 'Blue',
      colours: { primary: '#0000ff', secondary: '#fafafa' },
      locale: 'ja-JP',
    };
    expect(await create(input)).toEqual({ createStorefront: { storefront, userErrors: [] } });
    expect(await catalog.ask(FIND, { code: 'blue-shop' }, STAFF)).toEqual({ storefront });
  });

  it('shows everybody else neither policy nor sender', async () => {
    await create({
      code: 'quiet',
      captureOn: 'SHIPMENT',
      sender: { name: 'Q', address: 'q@q.example' },
    });
    for (const identity of [ANONYMOUS, CUSTOMER]) {
      expect(await catalog.ask(FIND, { code: 'quiet' }, identity)).toMatchObject({
        storefront: { code: 'quiet', name: 'Plain', captureOn: null, sender: null },
      });
    }
  });

  it('refuses a code that is taken', async () => {
    expect(await create({ code: 'main' })).toMatchObject({
      createStorefront: { storefront: null, userErrors: [{ code: 'CODE_TAKEN', field: ['code'] }] },
    });
  });

  it.each([
    [{ code: 'Main' }, 'INVALID_CODE', ['code']],
    [{ code: 'a--b' }, 'INVALID_CODE', ['code']],
    [{ code: 'x' }, 'INVALID_CODE', ['code']],
    [{ name: ' ' }, 'INVALID_TEXT', ['name']],
    [{ name: 'a\0' }, 'INVALID_TEXT', ['name']],
    [{ currency: 'XXZ' }, 'INVALID_CURRENCY', ['currency']],
    [{ locale: 'english please' }, 'INVALID_LOCALE', ['locale']],
    [{ logoUrl: 'javascript:alert(1)' }, 'INVALID_URL', ['logoUrl']],
    [{ colours: { primary: 'red' } }, 'INVALID_COLOUR', ['colours', 'primary']],
    [{ colours: { secondary: '#12345' } }, 'INVALID_COLOUR', ['colours', 'secondary']],
    [
      { sender: { name: 'x\r\nBcc: y', address: 'a@b.example' } },
      'INVALID_TEXT',
      ['sender', 'name'],
    ],
    [{ sender: { name: 'x', address: 'nobody' } }, 'INVALID_EMAIL', ['sender', 'address']],
  ])('refuses %j', async (wrong, code, field) => {
    expect(await create({ code: 'wrong', ...wrong })).toEqual({
      createStorefront: { storefront: null, userErrors: [{ code, field }] },
    });
    expect(await catalog.ask(FIND, { code: 'wrong' })).toEqual({ storefront: null });
  });

  it('is for managers', async () => {
    expect(await create({ code: 'theft' }, STAFF)).toMatchObject({
      createStorefront: { storefront: null, userErrors: [{ code: 'FORBIDDEN' }] },
    });
    expect(await catalog.errorCodes(CREATE, { input: PLAIN }, ANONYMOUS)).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});

describe('storefronts', () => {
  it('lists them by code, page by page', async () => {
    await create({ code: 'z-one' });
    await create({ code: 'z-two' });
    const LIST = `query ($after: String) { storefronts(first: 1, after: $after) {
      edges { node { code } } pageInfo { hasNextPage endCursor } } }`;
    const codes: string[] = [];
    for (let after: string | null = null; ; ) {
      const { storefronts }: Page = await catalog.ask<Page>(LIST, { after });
      codes.push(...storefronts.edges.map(({ node }) => node.code));
      if (!storefronts.pageInfo.hasNextPage) break;
      after = storefronts.pageInfo.endCursor;
    }
    expect(codes).toEqual(codes.toSorted());
    expect(codes).toEqual(expect.arrayContaining(['main', 'z-one', 'z-two']));
  });
});

describe('describeStorefront', () => {
  it('tells other contexts of each, the main one is always there', async () => {
    const inputs = [newId(), MAIN_STOREFRONT_ID].map((storefrontId) => ({ storefrontId }));
    expect(await catalog.commands.describeStorefront(inputs)).toEqual([
      null,
      {
        storefrontId: MAIN_STOREFRONT_ID,
        code: 'main',
        name: 'Waybill',
        currency: 'GBP',
        locale: 'en-GB',
        captureOn: null,
        sender: null,
      },
    ]);
  });
});

interface Page {
  storefronts: {
    edges: Array<{ node: { code: string } }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}
