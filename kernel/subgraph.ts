import type { GraphQLSchema } from 'graphql';
import type { CommandHandlers } from './commands.js';
import type { Identity } from './identity.js';
import type { RawHandler } from './raw-request.js';

/** A bounded context as the rest of the system sees it, in the same process or behind HTTP. */
export interface Subgraph<Commands = Record<string, never>> {
  name: string;
  schema: GraphQLSchema;
  /** The context of one operation: who asks, from where as far as that is known, and fresh DataLoaders. */
  contextFor(identity: Identity, requestId?: string, address?: string): object;
  commands: CommandHandlers<Commands>;
  /** Answers requests under `/webhooks/`: from outside, without our token, so they have to prove who sent them. */
  webhooks?: RawHandler;
  /** Answers requests under `/files/`: to and from anybody, too. */
  files?: RawHandler;
  /** Starts what runs in the background, such as the outbox relay. */
  start(): Promise<void>;
  /** Rejects when its database does not answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
