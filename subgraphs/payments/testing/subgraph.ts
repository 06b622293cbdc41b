import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import { type GraphQLError, graphql } from 'graphql';
import { vi } from 'vitest';
import type { PaymentsRequest } from '../graphql/context.js';
import { createPaymentsSubgraph, openPaymentsDatabase, type PaymentsSubgraph } from '../index.js';
import { openSimulator } from '../providers/simulator.js';
import { type AuthorizeInput, allOf, anOrder, MIGRATED } from './payments.js';

export const STAFF: Identity & { kind: 'user' } = {
  kind: 'user',
  userId: newId(),
  roles: ['STAFF'],
};

export function customer(): Identity & { kind: 'user' } {
  return { kind: 'user', userId: newId(), roles: ['CUSTOMER'] };
}

export interface Answer<Data> {
  data: Data;
  errors: readonly GraphQLError[] | undefined;
  /** Reads from the database that the operation made. */
  reads: number;
}

export interface TestSubgraph {
  subgraph: PaymentsSubgraph;
  published: StoredEvent[];
  ask<Data>(source: string, variables?: object, identity?: Identity): Promise<Answer<Data>>;
  /** An order of `owner`, authorized and captured. */
  paid(owner: Identity & { kind: 'user' }): Promise<AuthorizeInput>;
  close(): Promise<void>;
}

/** The whole subgraph on a fresh database; late cards settle as soon as they are asked about. */
export async function openTestSubgraph(): Promise<TestSubgraph> {
  const databaseUrl = await testDatabase(MIGRATED);
  const db = await openPaymentsDatabase(databaseUrl);
  const published: StoredEvent[] = [];
  const subgraph = await createPaymentsSubgraph({
    databaseUrl,
    log: silentLog,
    provider: await openSimulator(db, { settleAfterMs: 0 }),
    publish: async (events) => void published.push(...events),
  });
  return {
    subgraph,
    published,
    ask: (source, variables, identity) => ask(subgraph, source, variables, identity),
    paid: (owner) => paid(subgraph, owner),
    close: async () => {
      await subgraph.close();
      await db.close();
    },
  };
}

async function ask<Data>(
  subgraph: PaymentsSubgraph,
  source: string,
  variables: object = {},
  identity: Identity = ANONYMOUS,
): Promise<Answer<Data>> {
  const contextValue = subgraph.contextFor(identity) as PaymentsRequest;
  const find = vi.spyOn(contextValue.em, 'find');
  const { schema } = subgraph;
  const variableValues = { ...variables };
  const { data, errors } = await graphql({ schema, source, contextValue, variableValues });
  return { data: data as Data, errors, reads: find.mock.calls.length };
}

async function paid(subgraph: PaymentsSubgraph, owner: Identity & { kind: 'user' }) {
  const order = anOrder({ customerId: owner.userId });
  await subgraph.commands.authorizePayment([order]);
  await subgraph.commands.capturePayment([allOf(order)]);
  return order;
}
