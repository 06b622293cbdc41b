import 'reflect-metadata';
import { graphql, parse } from 'graphql';
import {
  Field,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Identity, type Role } from '../identity.js';
import { buildFederatedSchema } from '../subgraph-schema.js';
import { Access, declaredAccess, mayUse } from './access.js';

const person = (...roles: Role[]): Identity => ({ kind: 'user', userId: 'u', roles });
const partner = (...scopes: string[]): Identity => ({
  ...{ kind: 'partner', partnerId: 'p', keyId: 'k' },
  scopes,
});
const WHO = {
  nobody: ANONYMOUS,
  customer: person('CUSTOMER'),
  partner: partner('READ', 'WRITE'),
  staff: person('STAFF'),
  manager: person('MANAGER'),
  admin: person('ADMIN'),
  service: { kind: 'service', name: 'jobs' },
} satisfies Record<string, Identity>;

describe('by role', () => {
  it.each<[Access, Array<keyof typeof WHO>]>([
    ['ANYONE', ['nobody', 'customer', 'partner', 'staff', 'manager', 'admin', 'service']],
    ['OWNER', ['nobody', 'customer', 'partner', 'staff', 'manager', 'admin', 'service']],
    ['SIGNED_IN', ['customer', 'partner', 'staff', 'manager', 'admin', 'service']],
    ['PERSON', ['customer', 'staff', 'manager', 'admin']],
    ['PARTNER', ['partner', 'staff', 'manager', 'admin', 'service']],
    ['STAFF', ['staff', 'manager', 'admin', 'service']],
    ['MANAGER', ['manager', 'admin']],
    ['ADMIN', ['admin']],
  ])('%s lets in %j', (access, expected) => {
    const let_ = Object.entries(WHO).filter(([, identity]) => mayUse(identity, access));
    expect(let_.map(([name]) => name)).toEqual(expected);
  });

  it('nothing means what is no level', () => {
    const [type] = parse('type T @access(to: "FRIENDS") { a: Int }').definitions;
    expect(() => declaredAccess(type as never)).toThrow('FRIENDS');
  });
});

enum VaultErrorCode {
  FORBIDDEN = 'FORBIDDEN',
}
registerEnumType(VaultErrorCode, { name: 'VaultErrorCode' });

@ObjectType()
class VaultUserError {
  @Field(() => VaultErrorCode)
  code: VaultErrorCode;
}

@Access('STAFF')
@ObjectType()
class Vault {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  note: string | null;

  @Field(() => [String])
  keys: string[];

  @Access('ANYONE')
  @Field(() => String)
  door: string;

  @Access('ADMIN')
  @Field(() => String)
  combination: string;
}

@ObjectType()
class OpenPayload {
  @Field(() => Vault, { nullable: true })
  vault: Vault | null;

  @Field(() => Int)
  opened: number;

  @Field(() => Boolean)
  again: boolean;

  @Field(() => [VaultUserError])
  userErrors: VaultUserError[];
}

const VAULT: Vault = { id: '1', note: 'gold', keys: ['a'], door: 'steel', combination: '1234' };
let opened = 0;

@Resolver()
class Vaults {
  @Access('ANYONE')
  @Query(() => Vault)
  vault(): Vault {
    return VAULT;
  }

  @Access('STAFF')
  @Query(() => [Vault])
  vaults(): Vault[] {
    return [VAULT];
  }

  @Access('STAFF')
  @Mutation(() => OpenPayload)
  openVault(): OpenPayload {
    opened += 1;
    return { vault: VAULT, opened, again: true, userErrors: [] };
  }

  @Access('ANYONE', 'KEYS DOORS')
  @Mutation(() => String)
  copyKey(): string {
    return 'copied';
  }

  @Access('MANAGER')
  @Mutation(() => String)
  moveVault(): string {
    return 'moved';
  }
}

describe('a schema', () => {
  let ask: (source: string, identity: Identity) => Promise<unknown[]>;
  beforeAll(async () => {
    const schema = await buildFederatedSchema({ resolvers: [Vaults] }, {});
    ask = async (source, identity) => {
      const { data, errors } = await graphql({ schema, source, contextValue: { identity } });
      return [data, ...(errors ?? []).map(({ extensions }) => extensions.code)];
    };
  });

  it('shows what is for staff to staff, and is empty or an error to others', async () => {
    const open = '{ vault { door note keys } }';
    expect(await ask(open, WHO.staff)).toEqual([
      { vault: { door: 'steel', note: 'gold', keys: ['a'] } },
    ]);
    for (const who of [WHO.customer, WHO.partner, ANONYMOUS]) {
      expect(await ask(open, who)).toEqual([{ vault: { door: 'steel', note: null, keys: [] } }]);
    }
    expect(await ask('{ vault { combination } }', WHO.manager)).toEqual([null, 'FORBIDDEN']);
    expect(await ask('{ vault { id } }', ANONYMOUS)).toEqual([null, 'UNAUTHENTICATED']);
  });

  it('refuses a query, and says whether logging in would help', async () => {
    expect(await ask('{ vaults { id } }', WHO.staff)).toEqual([{ vaults: [{ id: '1' }] }]);
    expect(await ask('{ vaults { id } }', WHO.customer)).toEqual([null, 'FORBIDDEN']);
    expect(await ask('{ vaults { id } }', ANONYMOUS)).toEqual([null, 'UNAUTHENTICATED']);
  });

  it('refuses a mutation in its userErrors, where they can say it, and does nothing', async () => {
    const mutation = 'mutation { openVault { vault { id } opened again userErrors { code } } }';
    const nothing = { vault: null, opened: 0, again: false, userErrors: [{ code: 'FORBIDDEN' }] };
    expect(await ask(mutation, WHO.customer)).toEqual([{ openVault: nothing }]);
    expect(await ask(mutation, ANONYMOUS)).toEqual([null, 'UNAUTHENTICATED']);
    expect(await ask('mutation { moveVault }', WHO.staff)).toEqual([null, 'FORBIDDEN']);
    expect(opened).toBe(0);
    expect(await ask(mutation, WHO.staff)).toMatchObject([{ openVault: { opened: 1 } }]);
  });

  it('asks what the key of a partner is good for', async () => {
    expect(await ask('{ vault { door } }', partner('WRITE'))).toEqual([null, 'FORBIDDEN']);
    expect(await ask('{ vault { door } }', partner('READ'))).toEqual([
      { vault: { door: 'steel' } },
    ]);
    expect(await ask('mutation { copyKey }', partner('WRITE'))).toEqual([null, 'FORBIDDEN']);
    expect(await ask('mutation { copyKey }', partner('KEYS'))).toEqual([{ copyKey: 'copied' }]);
  });
});
