import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';
import { MUTATIONS } from './mutations.js';
import { type Request, type Stage, setStage } from './stage.js';

const schema = buildSchema(readFileSync(join(repositoryRoot(), 'schema/api.graphql'), 'utf8'));
const fields = schema.getMutationType()?.getFields() ?? {};

/** What differs from answer to answer: whether it is the first, and tokens, which are never kept. */
const OF_THE_MOMENT = [
  'alreadyPlaced',
  'alreadyRequested',
  'alreadyRecorded',
  'accessToken',
  'secret',
  'expiresAt',
  'refreshToken',
  'refreshExpiresAt',
];

/** All that an answer says of itself; of the things in it only which they are, since they go on living. */
function selectionOf(mutation: string): string {
  const payload = getNamedType(fields[mutation]?.type);
  if (!isObjectType(payload)) throw new Error(`no mutation ${mutation}`);
  const selected = Object.values(payload.getFields()).map(({ name, type }) => {
    const named = getNamedType(type);
    if (name === 'userErrors') return 'userErrors { code field message }';
    if (OF_THE_MOMENT.includes(name)) return '';
    if (!isObjectType(named)) return name;
    return `${name} { ${'id' in named.getFields() ? 'id' : '__typename'} }`;
  });
  return selected.join(' ');
}

interface Payload {
  userErrors: Array<{ code: string; field: string[] | null }>;
}

async function ask(
  mutation: string,
  { as, input }: Request,
  change: object = {},
): Promise<Payload> {
  const type = fields[mutation]?.args[0]?.type;
  const source = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selectionOf(mutation)} } }`;
  const answer = await as.ask<Record<string, Payload>>(source, { input: { ...input, ...change } });
  return answer[mutation] as Payload;
}

const CONFLICT = [{ code: 'IDEMPOTENCY_CONFLICT', field: ['idempotencyKey'] }];

let shop: Shop;
let stage: Stage;
beforeAll(async () => {
  shop = await openShop();
  stage = await setStage(shop);
});
afterAll(() => shop?.close());

describe.each(Object.entries(MUTATIONS))('%s', (mutation, make) => {
  it('under one key happens once and answers the same, and another request is a conflict', async () => {
    const request = await make(stage);
    const idempotencyKey = randomUUID();
    const first = await ask(mutation, request, { idempotencyKey });
    expect(first.userErrors).toEqual([]);
    expect(await ask(mutation, request, { idempotencyKey })).toEqual(first);
    if (request.other) {
      const other = await ask(mutation, request, { ...request.other, idempotencyKey });
      expect(other.userErrors).toMatchObject(CONFLICT);
    }
    if (request.effects) expect(await request.effects()).toHaveLength(1);
  });

  it('asked for twice at once happens once', async () => {
    const request = await make(stage);
    const idempotencyKey = randomUUID();
    const both = [1, 2].map(() => ask(mutation, request, { idempotencyKey }));
    const [one, other] = await Promise.all(both);
    expect(one?.userErrors).toEqual([]);
    expect(other).toEqual(one);
    if (request.effects) expect(await request.effects()).toHaveLength(1);
  });

  it('keeps no key of a request that was refused', async () => {
    const request = await make(stage);
    const idempotencyKey = randomUUID();
    if (request.wrong) {
      const refused = await ask(mutation, request, { ...request.wrong, idempotencyKey });
      expect(refused.userErrors).not.toEqual([]);
    }
    const mended = await ask(mutation, request, { idempotencyKey });
    expect(mended.userErrors).toEqual([]);
  });
});
