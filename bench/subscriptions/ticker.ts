import { EventQueue } from '@waybill/gateway/data-sources/event-queue.js';
import { subgraph } from '@waybill/gateway/testing/subgraph.js';

/** What a publisher is told: to send an event to one viewer, or to all. */
export interface Publication {
  viewer?: number;
}

interface Tick {
  at: number;
  viewer: number;
  text: string;
  player: { id: string };
}

type Ticks = EventQueue<{ ticks: Tick }>;

const TEXT = 'A line of some sixty characters, as a live ticker may have it.';

/** Milliseconds on a clock that all processes of a machine share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Those who follow the ticker. */
export class Ticker {
  readonly #viewers = new Map<number, Set<Ticks>>();

  follow(viewer: number): Ticks {
    const queues = this.#viewers.get(viewer) ?? new Set();
    this.#viewers.set(viewer, queues);
    const queue: Ticks = new EventQueue(1_000, () => queues.delete(queue));
    queues.add(queue);
    return queue;
  }

  publish({ viewer }: Publication): void {
    const chosen = viewer === undefined ? this.#viewers : [[viewer, this.#viewers.get(viewer)]];
    const at = now();
    for (const [number, queues] of chosen as Iterable<[number, Set<Ticks> | undefined]>) {
      const ticks = { at, viewer: number, text: TEXT, player: { id: '1' } };
      for (const queue of queues ?? []) queue.push({ ticks });
    }
  }
}

const playerName = ({ id }: { id: string }) => `Player ${id}`;

const TICKS = /* GraphQL */ `
  type Query {
    viewers: Int
  }
  type Subscription {
    ticks(viewer: Int!): Tick
  }
  type Tick {
    at: Float!
    viewer: Int!
    text: String
    player: Player
  }
`;

/** Where the events come from. */
export function ticks(ticker: Ticker) {
  return subgraph(
    'ticks',
    /* GraphQL */ `
      ${TICKS}
      type Player @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    {
      Subscription: {
        ticks: { subscribe: (_: unknown, { viewer }: { viewer: number }) => ticker.follow(viewer) },
      },
    },
  );
}

/** What another subgraph knows of them. */
export function players() {
  return subgraph(
    'players',
    /* GraphQL */ `
      type Player @key(fields: "id") {
        id: ID!
        name: String
      }
    `,
    { Player: { __resolveReference: (player: object) => player, name: playerName } },
  );
}

/** Both in one schema, for a server without federation. */
export function wholeSchema(ticker: Ticker) {
  return subgraph(
    'whole',
    /* GraphQL */ `
      ${TICKS}
      type Player {
        id: ID!
        name: String
      }
    `,
    {
      Subscription: {
        ticks: { subscribe: (_: unknown, { viewer }: { viewer: number }) => ticker.follow(viewer) },
      },
      Player: { name: playerName },
    },
  ).schema;
}

export const OPERATION = 'subscription Ticks($viewer: Int!) { ticks(viewer: $viewer) { at text } }';
export const FEDERATED =
  'subscription Named($viewer: Int!) { ticks(viewer: $viewer) { at text player { name } } }';
