import 'reflect-metadata';
import { type ClassType, Directive, Field, ObjectType } from 'type-graphql';
import { ClientError } from '../errors.js';

/** Rows in a page where the client names no number, and the most it may ask for. */
export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;

@Directive('@shareable')
@ObjectType({ description: 'Where a page ends, as Relay defines it.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follows.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether something comes before.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last edge: pass it as `after`.',
  })
  endCursor: string | null;
}

export interface Edge<Node> {
  node: Node;
  cursor: string;
}

export interface Connection<Node> {
  edges: Edge<Node>[];
  pageInfo: PageInfo;
}

export interface ConnectionOptions {
  /** Caches may keep a page for as long as the field that answers it says. */
  cacheable?: boolean;
}

/** `<name>Connection` and `<name>Edge` for a node class, as the Relay specification asks. */
export function connectionOf<Node extends object>(
  name: string,
  node: () => ClassType<Node>,
  { cacheable = false }: ConnectionOptions = {},
): ClassType<Connection<Node>> {
  const cached = cacheable ? Directive('@cacheControl(inheritMaxAge: true)') : () => {};

  @cached
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list.`, simpleResolvers: true })
  class NodeEdge {
    @Field(node, { description: 'The item.' })
    node: Node;

    @Field(() => String, { description: 'Marks this place in the list.' })
    cursor: string;
  }

  @ObjectType(`${name}Connection`, {
    description: `A page of ${name} items.`,
    simpleResolvers: true,
  })
  class NodeConnection {
    @Field(() => [NodeEdge], { description: 'The items of this page.' })
    edges: NodeEdge[];

    @cached
    @Field(() => PageInfo, { description: 'Where the page ends.' })
    pageInfo: PageInfo;
  }
  return NodeConnection;
}

/** What a keyset query needs: rows to fetch (one more than shown) and the key after which the page begins. */
export interface PageRequest {
  limit: number;
  after: string | undefined;
}

/** Reads Relay's `first` and `after`. Throws BAD_USER_INPUT on a size out of range or a cursor that is not ours. */
export function pageRequest(first?: number | null, after?: string | null): PageRequest {
  const size = first ?? DEFAULT_PAGE;
  if (size < 1 || size > MAX_PAGE) {
    throw new ClientError('BAD_USER_INPUT', `first must be between 1 and ${MAX_PAGE}.`);
  }
  return { limit: size + 1, after: after ? decodeCursor(after) : undefined };
}

/** A page from `limit` rows fetched: the surplus row only says that more follows. */
export function toConnection<Row, Node>(
  rows: Row[],
  request: PageRequest,
  keyOf: (row: Row) => string,
  toNode: (row: Row) => Node,
): Connection<Node> {
  const hasNextPage = rows.length === request.limit;
  const shown = hasNextPage ? rows.slice(0, -1) : rows;
  const edges = shown.map((row) => ({ node: toNode(row), cursor: encodeCursor(keyOf(row)) }));
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: request.after !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function encodeCursor(key: string): string {
  return Buffer.from(`k:${key}`).toString('base64url');
}

function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith('k:')) throw new ClientError('BAD_USER_INPUT', 'after is not a cursor.');
  return text.slice(2);
}
