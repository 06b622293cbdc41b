import 'reflect-metadata';
import { openDatabase } from '@waybill/kernel/database.js';
import { forgetKeys } from '@waybill/kernel/idempotency.js';
import type { Log } from '@waybill/kernel/log.js';
import type { Subgraph } from '@waybill/kernel/subgraph.js';
import type { Commands } from '@waybill/schema/commands.js';
import type { JSONWebKeySet } from 'jose';
import { type Accounts, usersContext } from './context.js';
import { findCustomers } from './find-customer.js';
import { AccessChanges } from './migrations/20261121-access-changes.js';
import { AuditLog } from './migrations/20261121-audit-log.js';
import { IdempotencyKeys } from './migrations/20261121-idempotency-keys.js';
import { CreateUsers } from './migrations/create-users.js';
import { createPasswords } from './passwords.js';
import { buildUsersSchema } from './schema.js';
import { type Person, type SeededPerson, seedPeople } from './seed-people.js';
import { SigningKeyTable } from './tables.js';
import { openTokens } from './tokens.js';

export type { Person, SeededPerson } from './seed-people.js';
export { TOKEN_AUDIENCE, TOKEN_ISSUER } from './tokens.js';

/** A working day. */
const TOKEN_TTL_SECONDS = 8 * 60 * 60;

export interface UsersOptions {
  databaseUrl: string;
  log: Log;
  /** Seconds for which an access token is accepted; default 8 hours. */
  tokenTtlSeconds?: number;
}

export interface UsersSubgraph extends Subgraph<Commands['users']> {
  /** The public keys of the access tokens (RFC 7517). */
  jwks(): Promise<JSONWebKeySet>;
  /** Gives these people accounts unless they have one; see seed-people.ts. */
  seedPeople(people: Person[]): Promise<SeededPerson[]>;
}

/** The bounded context of people: who they are, how they log in, what they may do. */
export async function createUsersSubgraph(options: UsersOptions): Promise<UsersSubgraph> {
  const db = await openDatabase({
    url: options.databaseUrl,
    entities: [SigningKeyTable],
    migrations: [
      { name: 'create-users', class: CreateUsers },
      { name: '20261121-idempotency-keys', class: IdempotencyKeys },
      { name: '20261121-access-changes', class: AccessChanges },
      { name: '20261121-audit-log', class: AuditLog },
    ],
  });
  const tokens = await openTokens(db, options.tokenTtlSeconds ?? TOKEN_TTL_SECONDS);
  const accounts: Accounts = { db, tokens, passwords: await createPasswords() };
  return {
    name: 'users',
    schema: await buildUsersSchema(),
    contextFor: (identity, requestId) => usersContext(accounts, identity, requestId),
    commands: { findCustomer: findCustomers(db.query), forgetKeys: forgetKeys(db) },
    jwks: tokens.jwks,
    seedPeople: (people) => seedPeople(accounts, people),
    // Nothing runs in the background: no event leaves this context.
    start: async () => {},
    ready: db.ready,
    close: db.close,
  };
}
