import type { Access } from '@waybill/kernel/graphql/access.js';
import { ANONYMOUS, type Identity, type Role } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { graphql, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type System, startSystem } from '../support/system.js';
import { contentsOf } from './contents.js';
import { type Declaration, declarations } from './declarations.js';
import { operationFor } from './generated-operation.js';

const person = (role: Role): Identity => ({ kind: 'user', userId: newId(), roles: [role] });

const CALLERS = {
  nobody: ANONYMOUS,
  customer: person('CUSTOMER'),
  partner: {
    kind: 'partner',
    partnerId: newId(),
    keyId: newId(),
    scopes: ['READ', 'WRITE', 'OPERATIONS'],
  },
  staff: person('STAFF'),
  manager: person('MANAGER'),
  admin: person('ADMIN'),
} satisfies Record<string, Identity>;

type Caller = keyof typeof CALLERS;

/** Who is refused for who they are, whatever they ask for. */
const REFUSED: Record<Access, Caller[]> = {
  ANYONE: [],
  OWNER: [],
  SIGNED_IN: ['nobody'],
  PERSON: ['nobody', 'partner'],
  PARTNER: ['nobody', 'customer'],
  STAFF: ['nobody', 'customer', 'partner'],
  MANAGER: ['nobody', 'customer', 'partner', 'staff'],
  ADMIN: ['nobody', 'customer', 'partner', 'staff', 'manager'],
};

/** For these ranks alone a role is all that it takes. */
const RANKS: readonly Access[] = ['STAFF', 'MANAGER', 'ADMIN'];

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.close());

/** The code with which it is refused, in `errors` or in `userErrors`; undefined where it is answered. */
async function refusal(declaration: Declaration, identity: Identity): Promise<unknown> {
  const { schema, contextFor } = system.subgraphs[declaration.subgraph];
  const { source, variables } = operationFor(declaration, `Order_${newId()}`);
  const args = { schema, variableValues: variables, contextValue: contextFor(identity) };
  if (declaration.kind === 'subscription') {
    const opened = await subscribe({ ...args, document: parse(source) });
    if (!(Symbol.asyncIterator in opened)) return opened.errors?.[0]?.extensions.code;
    await opened.return?.(undefined);
    return undefined;
  }
  const { data, errors } = await graphql({ ...args, source });
  const payload = data?.[declaration.field.name] as { userErrors?: Array<{ code: string }> } | null;
  return errors?.[0]?.extensions.code ?? payload?.userErrors?.[0]?.code;
}

const named = declarations.map((each) => [`${each.kind} ${each.field.name}`, each] as const);

it('there is something to be asked of every rank', () => {
  const declared = new Set(declarations.map(({ access }) => access));
  expect([...declared].sort()).toEqual(Object.keys(REFUSED).sort());
});

describe('nobody gets past what a definition declares, and nothing changes', () => {
  const guarded = named.filter(([, { access }]) => REFUSED[access].length > 0);

  it.each(guarded)('%s', async (_, declaration) => {
    const before = await contentsOf(system);
    for (const caller of REFUSED[declaration.access]) {
      const code = caller === 'nobody' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect([caller, await refusal(declaration, CALLERS[caller])]).toEqual([caller, code]);
    }
    expect(await contentsOf(system)).toEqual(before);
  });
});

describe('whoever has the rank is let in', () => {
  const ranked = named.filter(([, { access }]) => RANKS.includes(access));

  it.each(ranked)('%s', async (_, declaration) => {
    const callers = Object.keys(CALLERS) as Caller[];
    const allowed = callers.filter((caller) => !REFUSED[declaration.access].includes(caller));
    for (const caller of allowed) {
      const code = await refusal(declaration, CALLERS[caller]);
      expect(['FORBIDDEN', 'UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR']).not.toContain(code);
    }
  });
});

describe('a key without the scope is good for nothing', () => {
  const forPartners = named.filter(([, { access }]) => !REFUSED[access].includes('partner'));

  it.each(forPartners)('%s', async (_, declaration) => {
    const scopes: string[] = [];
    const code = await refusal(declaration, { ...CALLERS.partner, scopes });
    expect(code).toBe('FORBIDDEN');
  });
});
