import type { Database } from '@waybill/kernel/database.js';
import { ANONYMOUS, type Identity, type Role } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { graphql } from 'graphql';
import { onTestFinished } from 'vitest';
import type { UsersContext } from '../context.js';
import { createUsersSubgraph, type UsersOptions, type UsersSubgraph } from '../index.js';

/** The password of everybody in these tests. */
export const PASSWORD = 'correct horse';

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever its own query asked for
type Answer = Record<string, any>;

export interface TestUsers {
  subgraph: UsersSubgraph;
  databaseUrl: string;
  /** Runs an operation; the errors, where there are some, under `errors`. */
  run(
    source: string,
    as?: Identity,
    variables?: Record<string, unknown>,
    address?: string,
  ): Promise<Answer>;
  /** Asks the database directly: tests look beneath the API. */
  sql<Row extends object>(text: string): Promise<Row[]>;
  db: Database;
  /** An account with these roles (CUSTOMER when none is named). */
  person(name: string, ...roles: Role[]): Promise<Identity & { kind: 'user' }>;
}

export const NOBODY_LISTENS = { publish: async () => {} };

/** Storefronts that the stand-in for the catalog knows. */
export const STOREFRONTS = {
  main: MAIN_STOREFRONT_ID,
  blue: newId(),
} as const;

const STAND_IN: UsersOptions['commands'] = {
  catalog: {
    describeStorefront: async ({ storefrontId }) => {
      const known = Object.entries(STOREFRONTS).find(([, id]) => id === storefrontId);
      if (!known) return null;
      const looks = { currency: 'GBP', locale: 'en-GB', captureOn: null, sender: null };
      return { storefrontId, code: known[0], name: known[0], ...looks };
    },
  },
};

/** What a subgraph needs that does nothing on its own. */
export const IDLE = {
  commands: STAND_IN,
  accessLive: NOBODY_LISTENS,
  publish: NOBODY_LISTENS.publish,
  log: silentLog,
};

/** Copies of it have all tables of this subgraph. */
export const MIGRATED = {
  name: 'users',
  fill: async (databaseUrl: string) => {
    const subgraph = await createUsersSubgraph({ databaseUrl, ...IDLE });
    await subgraph.close();
  },
};

/** The subgraph on a fresh database, closed when the test ends. */
export async function openUsers(options: Partial<UsersOptions> = {}): Promise<TestUsers> {
  const databaseUrl = await testDatabase(MIGRATED);
  const subgraph = await createUsersSubgraph({
    databaseUrl,
    ...IDLE,
    ...options,
  });
  onTestFinished(() => subgraph.close());
  const { accounts } = subgraph.contextFor(ANONYMOUS) as UsersContext;
  return {
    subgraph,
    sql: (text) => accounts.db.em().execute(text),
    databaseUrl,
    db: accounts.db,
    run: async (source, as = ANONYMOUS, variableValues = {}, address?: string) => {
      const contextValue = subgraph.contextFor(as, undefined, address);
      const { schema } = subgraph;
      const { data, errors } = await graphql({ schema, source, contextValue, variableValues });
      return { ...data, ...(errors ? { errors } : {}) };
    },
    person: async (name, ...given) => {
      const roles: Role[] = given.length > 0 ? given : ['CUSTOMER'];
      const email = `${name}@example.com`;
      const [seeded] = await subgraph.seedPeople([{ email, password: PASSWORD, name, roles }]);
      return { kind: 'user', userId: seeded?.userId ?? '', roles };
    },
  };
}

/** The code of the one error that an answer has. */
export function errorCode(answer: Answer): unknown {
  return answer.errors?.length === 1 ? answer.errors[0].extensions.code : answer.errors;
}
