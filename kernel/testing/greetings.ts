import { GraphQLError, GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { Identity } from '../identity.js';
import { bytesOf, MAX_RAW_BYTES } from '../raw-request.js';
import type { Subgraph } from '../subgraph.js';

export interface GreetingCommands {
  /** Fails for nobody, and for all where one is named `all`. */
  greet: { input: { name: string }; output: { text: string } | null };
}

/** A subgraph without a database, for tests of what serves and calls subgraphs. */
export interface Greetings extends Subgraph<GreetingCommands> {
  /** The inputs of each batch that was run. */
  batches: Array<Array<{ name: string }>>;
  /** Whether `ready` resolves. */
  healthy: boolean;
}

export function greetings(): Greetings {
  const batches: Greetings['batches'] = [];
  return {
    name: 'greetings',
    schema,
    batches,
    healthy: true,
    contextFor: (identity, requestId) => ({ identity, requestId }),
    commands: {
      greet: async (inputs) => {
        batches.push(inputs);
        if (inputs.some(({ name }) => name === 'all')) throw new Error('all failed');
        return inputs.map(({ name }) => greetingOf(name));
      },
    },
    webhooks: async (request) => ({
      status: 202,
      body: `${request.method} ${request.path} ${await bytesOf(request, MAX_RAW_BYTES)}`,
    }),
    start: async () => {},
    async ready() {
      if (!this.healthy) throw new Error('no database');
    },
    close: async () => {},
  };
}

function greetingOf(name: string) {
  if (name === '') return new Error('nobody to greet');
  return name === 'ghost' ? null : { text: `Hello ${name}` };
}

interface Context {
  identity: Identity;
  requestId?: string;
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, Context>({
    name: 'Query',
    fields: {
      whoAmI: {
        type: GraphQLString,
        resolve: (_, _args, { identity }) => JSON.stringify(identity),
      },
      broken: {
        type: GraphQLString,
        resolve: () => {
          throw new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } });
        },
      },
      crash: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('a bug');
        },
      },
      requestId: { type: GraphQLString, resolve: (_, _args, { requestId }) => requestId },
    },
  }),
  subscription: new GraphQLObjectType<number, Context>({
    name: 'Subscription',
    fields: {
      count: {
        type: GraphQLInt,
        args: { to: { type: GraphQLInt } },
        subscribe: async function* (_, { to }) {
          for (let i = 1; i <= to; i++) yield i;
        },
        resolve: (i: number) => i,
      },
      whoAmI: {
        type: GraphQLString,
        subscribe: async function* () {
          yield 0;
        },
        resolve: (_, _args, { identity }) => JSON.stringify(identity),
      },
    },
  }),
});
