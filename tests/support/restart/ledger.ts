import { setTimeout as delay } from 'node:timers/promises';
import { subgraph } from '@waybill/gateway/testing/subgraph.js';

/** Milliseconds that everything takes, so that there is always something under way. */
const WORK_MS = 5;

/** A subgraph that reads and writes; what it has written is told to `record`. */
export function ledger(record: (id: string) => void) {
  return subgraph(
    'ledger',
    /* GraphQL */ `
      type Query {
        balance: Int!
      }
      type Mutation {
        record(id: ID!): ID!
      }
    `,
    {
      Query: { balance: () => delay(WORK_MS, 7) },
      Mutation: {
        record: async (_: unknown, { id }: { id: string }) => {
          await delay(WORK_MS);
          record(id);
          return id;
        },
      },
    },
  );
}
