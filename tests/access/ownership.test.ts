import { ANONYMOUS, type Identity, type Role } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { type GraphQLNamedType, getNamedType, graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../support/system.js';
import { contentsOf } from './contents.js';
import { type Declaration, declarations, entitiesOf, SUBGRAPHS } from './declarations.js';
import { operationFor } from './generated-operation.js';
import { selectionOf } from './selection.js';
import { startWithTenant, type Tenant } from './tenants.js';

let system: System;
let tenant: Tenant;
beforeAll(async () => {
  ({ system, tenant } = await startWithTenant());
}, 60_000);
afterAll(() => system?.close());

const STRANGERS: Array<[string, Identity]> = [
  ['nobody', ANONYMOUS],
  ['another customer', { kind: 'user', userId: newId(), roles: ['CUSTOMER'] }],
  [
    'another partner',
    {
      kind: 'partner',
      partnerId: newId(),
      keyId: newId(),
      scopes: ['READ', 'WRITE', 'OPERATIONS'],
    },
  ],
  ['staff of another storefront', confined(['STAFF'])],
  ['a manager of another storefront', confined(['MANAGER'])],
];

function confined(roles: readonly Role[]): Identity {
  return { kind: 'user', userId: newId(), roles, realms: [newId()] };
}

/** What nobody has, but might. */
const madeUp = (id: string) => id.replace(/[\da-f-]{36}/, newId());

async function answer(
  subgraph: Declaration['subgraph'],
  identity: Identity,
  { source, variables }: { source: string; variables: Record<string, unknown> },
): Promise<unknown> {
  const { schema, contextFor } = system.subgraphs[subgraph];
  const args = { schema, variableValues: variables, contextValue: contextFor(identity) };
  if (!source.startsWith('subscription')) return graphql({ ...args, source });
  const opened = await subscribe({ ...args, document: parse(source) });
  if (!(Symbol.asyncIterator in opened)) return opened;
  await opened.return?.(undefined);
  return 'opened';
}

/** The answer about an id, with the id taken out. */
async function told(declaration: Declaration, identity: Identity, id: string): Promise<string> {
  const operation = operationFor(declaration, id);
  const given = await answer(declaration.subgraph, identity, operation);
  return JSON.stringify(given).replaceAll(id, '<id>').replaceAll(id.slice(-36), '<uuid>');
}

/** Those in which an id has a place. */
const withIds = declarations.filter(holdsIds);

function holdsIds(declaration: Declaration): boolean {
  const { variables } = operationFor(declaration, 'an id');
  return JSON.stringify(variables).includes('an id');
}

const named = withIds.map((each) => [`${each.kind} ${each.field.name}`, each] as const);

describe.each(STRANGERS)(
  "another tenant's ids look like none to %s, and nothing changes",
  (_, stranger) => {
    it.each(named)('in %s', async (_name, declaration) => {
      const before = await contentsOf(system);
      for (const id of tenant.ids) {
        const [real, none] = [
          await told(declaration, stranger, id),
          await told(declaration, stranger, madeUp(id)),
        ];
        expect(real).toBe(none);
      }
      expect(await contentsOf(system)).toEqual(before);
    });

    it.each(SUBGRAPHS)('as entities of %s', async (subgraph) => {
      for (const type of entitiesOf(subgraph).filter(({ name }) => !name.startsWith('Product'))) {
        for (const id of tenant.ids) {
          expect(await entity(subgraph, type, stranger, id)).toBe(
            await entity(subgraph, type, stranger, madeUp(id)),
          );
        }
      }
    });
  },
);

async function entity(
  subgraph: Declaration['subgraph'],
  type: GraphQLNamedType,
  identity: Identity,
  id: string,
): Promise<string> {
  const source = `query ($all: [_Any!]!) {
    _entities(representations: $all) { ... on ${type.name} ${selectionOf(type, 3)} } }`;
  const variables = { all: [{ __typename: type.name, id }] };
  const given = await answer(subgraph, identity, { source, variables });
  return JSON.stringify(given).replaceAll(id, '<id>').replaceAll(id.slice(-36), '<uuid>');
}

describe('their owner sees them', () => {
  const queries = named.filter(([, { kind, access }]) => kind === 'query' && access === 'OWNER');

  it.each(queries)('in %s', async (_name, declaration) => {
    const owner =
      getNamedType(declaration.field.type).name === 'Partner' ? tenant.partner : tenant.person;
    const differs = await Promise.all(
      tenant.ids.map(
        async (id) =>
          (await told(declaration, owner, id)) !== (await told(declaration, owner, madeUp(id))),
      ),
    );
    expect(differs).toContain(true);
  });
});
