import { isStaff } from '@waybill/kernel/identity.js';
import { GraphQLError } from 'graphql';
import { EventQueue } from '../data-sources/event-queue.js';
import { subgraph, type TestContext } from './subgraph.js';

interface Entry {
  seq: number;
  text: string;
  authorId: string;
}

type Asked = { topic: string; afterSeq: number };

type Reader = { queue: EventQueue<{ entries: Entry }>; topic: string };

/** What the journal subgraph keeps and who reads it; it outlives the subgraph's server, as a database does. */
export class Journal {
  readonly #entries: Entry[] = [];
  readonly readers = new Set<Reader>();
  /** How many times it has been subscribed to. */
  subscriptions = 0;

  append(text: string, authorId = '1'): void {
    const entry = { seq: this.#entries.length + 1, text, authorId };
    this.#entries.push(entry);
    for (const { queue } of this.readers) queue.push({ entries: entry });
  }

  /** The entries after `seq`, then each new one. */
  read(topic: string, seq: number) {
    this.subscriptions += 1;
    const queue = new EventQueue<{ entries: Entry }>(10_000, () => this.readers.delete(reader));
    const reader = { queue, topic };
    this.readers.add(reader);
    for (const entry of this.#entries.slice(seq)) queue.push({ entries: entry });
    return queue;
  }
}

/** A subgraph whose subscription can be resumed, and a live one that cannot; its topic `internal` is for staff. */
export function journal(kept: Journal) {
  return subgraph('journal', TYPE_DEFS, {
    Query: { topics: () => ['all'] },
    Subscription: {
      entries: {
        subscribe: (_: unknown, { topic, afterSeq }: Asked, { identity }: TestContext) => {
          if (topic === 'internal' && !isStaff(identity)) {
            throw new GraphQLError('For staff', { extensions: { code: 'FORBIDDEN' } });
          }
          return kept.read(topic, afterSeq);
        },
      },
      live: {
        subscribe: () => kept.read('live', Number.MAX_SAFE_INTEGER),
        resolve: (event: { entries: Entry }) => event.entries,
      },
    },
    Entry: {
      author: ({ authorId }: Entry) => ({ id: authorId }),
      isForStaff: (_: unknown, __: unknown, { identity }: TestContext) => isStaff(identity),
    },
  });
}

const TYPE_DEFS = /* GraphQL */ `
  type Query {
    topics: [String!]!
  }
  type Subscription {
    entries(topic: String! = "all", afterSeq: Int! = 0): Entry
    live: Entry
  }
  type Entry {
    seq: Int!
    text: String
    author: User
    isForStaff: Boolean
  }
  type User @key(fields: "id") {
    id: ID!
  }
`;
