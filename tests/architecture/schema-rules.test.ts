import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessProblems, SUBGRAPHS } from '@waybill/scripts/check/access-rules.js';
import { schemaProblems } from '@waybill/scripts/check/schema-rules.js';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { describe, expect, it } from 'vitest';

const SOUND = `
type Query {
  """Anything by its id."""
  node("""Its id.""" id: ID!): Node
  """All parcels."""
  parcels("""Page size.""" first: Int, """Where to go on.""" after: String): ParcelConnection!
}
type Mutation {
  """Sends a parcel."""
  sendParcel("""What to send.""" input: SendParcelInput!): SendParcelPayload!
}
"""What to send."""
input SendParcelInput {
  """Where it goes."""
  address: String!
  """One per parcel."""
  idempotencyKey: String
}
"""What came of it."""
type SendParcelPayload {
  """Why not."""
  userErrors: [ParcelUserError!]!
}
"""An expected failure."""
type ParcelUserError {
  """What went wrong."""
  code: ParcelErrorCode!
  """Where."""
  field: [String!]
  """For people."""
  message: String!
}
"""What can go wrong."""
enum ParcelErrorCode {
  """Too heavy."""
  TOO_HEAVY
}
"""Has a global id."""
interface Node {
  """Unique over all types."""
  id: ID!
}
"""Something on its way."""
type Parcel implements Node {
  """Its id."""
  id: ID!
}
"""A page."""
type ParcelConnection {
  """The items."""
  edges: [ParcelEdge!]!
  """Where it ends."""
  pageInfo: PageInfo!
}
"""One in a list."""
type ParcelEdge {
  """The item."""
  node: Parcel!
  """Its place."""
  cursor: String!
}
"""Where a page ends."""
type PageInfo {
  """More follows."""
  hasNextPage: Boolean!
  """Something comes before."""
  hasPreviousPage: Boolean!
  """First cursor."""
  startCursor: String
  """Last cursor."""
  endCursor: String
}
`;

function after(change: string, by: string): string[] {
  expect(SOUND).toContain(change);
  return schemaProblems(SOUND.replace(change, by));
}

describe('schema rules', () => {
  it('let a sound schema pass', () => {
    expect(schemaProblems(SOUND)).toEqual([]);
  });

  it('are kept by the schema of this repository', () => {
    const sdl = readFileSync(join(repositoryRoot(), 'schema/api.graphql'), 'utf8');
    expect(schemaProblems(sdl)).toEqual([]);
  });

  it.each([
    ['"""Something on its way."""', 'Parcel: has no description'],
    ['"""All parcels."""', 'Query.parcels: has no description'],
    ['"""Page size."""', 'Query.parcels(first): has no description'],
    ['"""Where it goes."""', 'SendParcelInput.address: has no description'],
    ['"""Too heavy."""', 'ParcelErrorCode.TOO_HEAVY: has no description'],
  ])('want a description: %s', (description, problem) => {
    expect(after(description, '')).toEqual([problem]);
  });

  it('refuse a Float', () => {
    expect(after('address: String!', 'address: Float!')).toEqual([
      'SendParcelInput.address: is a Float; money is Money, and counts are Int',
    ]);
  });

  it('want a date and a replacement in a deprecation', () => {
    const deprecated = (reason: string) =>
      after(
        '"""Its place."""\n  cursor: String!',
        `"""Its place."""\n  cursor: String! @deprecated(reason: "${reason}")`,
      );
    expect(deprecated('old')).toEqual([
      'ParcelEdge.cursor: its deprecation lacks a date or a replacement',
    ]);
    expect(deprecated('Use node.id; goes on 2027-01-31')).toEqual([]);
  });

  it('want pages or a bound of every list on Query', () => {
    const list = (description: string) =>
      after(
        '"""All parcels."""',
        `"""${description}"""\n  carriers: [Parcel!]!\n  """All parcels."""`,
      );
    expect(list('All carriers.')).toEqual([
      'Query.carriers: is a list without pages; make it a connection or say "at most N"',
    ]);
    expect(list('All carriers, at most 10.')).toEqual([]);
  });

  it('want connections as Relay has them', () => {
    expect(after('first: Int', 'limit: Int')).toEqual([
      'Query.parcels: a connection takes first: Int and after: String',
    ]);
    expect(after('cursor: String!', 'cursor: ID!')).toEqual([
      'ParcelEdge.cursor: Relay wants String!, not ID!',
    ]);
    expect(after('pageInfo: PageInfo!', 'total: Int!')).toEqual([
      'ParcelConnection.pageInfo: Relay wants PageInfo!, not nothing',
    ]);
    expect(after('id: ID!): Node', 'id: String!): Node')).toEqual([
      'Query.node: Relay wants node(id: ID!): Node',
    ]);
  });

  it('want typed user errors and one input of every mutation', () => {
    expect(after('code: ParcelErrorCode!', 'code: String!')).toEqual([
      'Mutation.sendParcel: answers no userErrors with an enum code',
    ]);
    expect(after('input: SendParcelInput!', 'weight: SendParcelInput!')).toEqual([
      'Mutation.sendParcel: takes something else than one input: ...Input!',
    ]);
  });

  it('want an idempotency key of every mutation that changes something', () => {
    const missing = (name: string) =>
      `Mutation.${name}: takes no idempotencyKey: String in its input`;
    expect(after('idempotencyKey: String', 'key: String')).toEqual([missing('sendParcel')]);
    expect(after('idempotencyKey: String', 'idempotencyKey: Int')).toEqual([missing('sendParcel')]);
    expect(after('idempotencyKey: String', 'idempotencyKey: String!')).toEqual([]);
  });
});

describe('access', () => {
  const NOTHING = expect.stringContaining('says nothing about who may use it');

  it.each(SUBGRAPHS)('is declared by everything in %s', (name) => {
    const path = join(repositoryRoot(), `schema/subgraphs/${name}.graphql`);
    expect(accessProblems(readFileSync(path, 'utf8'))).toEqual([]);
  });

  it('is wanted of what is asked for and of types, but not of what wraps them', () => {
    const sdl = `
      type Query { parcels: ParcelConnection weight: Int @access(to: "ANYONE") _service: Int }
      type Parcel { id: ID }
      type Carrier @access(to: "STAFF") { id: ID }
      type ParcelConnection { edges: [Int] }`;
    const problems = accessProblems(sdl);
    expect(problems).toEqual([NOTHING, NOTHING]);
    expect(problems.map((each) => each.split(':')[0])).toEqual(['Query.parcels', 'Parcel']);
  });
});
