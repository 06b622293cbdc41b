import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRelease, schemaSafetyProblems } from '@waybill/scripts/check/schema-safety.js';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { testTerminal } from '@waybill/scripts/command-line/testing.js';
import { releaseSchema } from '@waybill/scripts/release-schema.js';
import { describe, expect, it, onTestFinished } from 'vitest';

const RELEASED = /* GraphQL */ `
  type Query {
    parcel(id: ID!, state: State): Parcel
    find(filter: Filter): [Parcel!]!
  }
  type Parcel {
    id: ID!
    weight: Int
    note: String
    state: State
  }
  enum State { OPEN SENT LOST }
  input Filter { state: State, text: String, not: Filter }
`;

const registered = [
  {
    owner: 'the house',
    operations: [{ name: 'Weights', text: 'query Weights { find { id weight } }' }],
  },
  {
    owner: 'acme',
    operations: [
      {
        name: 'Sent',
        text: 'query Sent($id: ID!) { parcel(id: $id, state: SENT) { ...P } } fragment P on Parcel { id }',
      },
      { name: 'Search', text: 'query Search($by: Filter) { find(filter: $by) { id } }' },
    ],
  },
];

const problems = (from: string | RegExp, to: string) =>
  schemaSafetyProblems({ schema: RELEASED, registered }, RELEASED.replace(from, to));

describe('a breaking change', () => {
  it.each([
    ['a field goes that nobody selects', 'note: String', ''],
    ['a field becomes required', 'weight: Int', 'weight: Int!'],
    ['an argument comes that may be left out', 'state: State)', 'state: State, zip: String)'],
    ['a type comes', 'enum State', 'type Van { id: ID! } enum State'],
  ])('is none for anybody where %s', async (_, from, to) => {
    expect(await problems(from, to)).toEqual([]);
  });

  it.each([
    ['a field goes', 'weight: Int', '', ['Weights of the house']],
    ['a field changes its type', 'weight: Int', 'weight: String', ['Weights of the house']],
    [
      'a field becomes optional',
      'id: ID!\n',
      'id: ID\n',
      ['Weights of the house', 'Sent of acme', 'Search of acme'],
    ],
    ['an argument goes', ', state: State)', ')', ['Sent of acme']],
    ['an argument must be given', 'state: State)', 'state: State, zip: String!)', ['Sent of acme']],
    ['a value goes that a text names', 'SENT', '', ['Sent of acme', 'Search of acme']],
    ['a value goes that a variable may have', 'LOST', '', ['Search of acme']],
    ['an input field goes', 'text: String, ', '', ['Search of acme']],
    [
      'an input field must be given',
      'text: String',
      'text: String, zip: String!',
      ['Search of acme'],
    ],
  ])('names who uses what it breaks where %s', async (_, from, to, broken) => {
    expect(await problems(from, to)).toEqual([
      expect.stringContaining(`: breaks ${broken.join(', ')}`),
    ]);
  });
});

it('the schema of today breaks nothing that was released', async () => {
  const root = repositoryRoot();
  const release = readRelease(root);
  expect(release.registered[0]?.operations.length).toBeGreaterThan(10);
  const current = readFileSync(join(root, 'schema/api.graphql'), 'utf8');
  expect(await schemaSafetyProblems(release, current)).toEqual([]);
});

it('a release is kept as it is, and partners are named by their files', async () => {
  const root = mkdtempSync(join(tmpdir(), 'waybill-release-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'schema/operations'), { recursive: true });
  writeFileSync(join(root, 'schema/api.graphql'), RELEASED);
  const manifest = (name: string, body: string) =>
    JSON.stringify({ operations: [{ id: '1', name, body }] });
  writeFileSync(join(root, 'schema/operations/manifest.json'), manifest('Own', '{ find { id } }'));
  expect(await releaseSchema(testTerminal(), root)).toBe(0);
  const acme = manifest('Notes', '{ find { note } }');
  writeFileSync(join(root, 'schema/released/partners/acme.json'), acme);
  const without = RELEASED.replace('note: String', '');
  expect(await schemaSafetyProblems(readRelease(root), without)).toEqual([
    "Field 'note' was removed from object type 'Parcel': breaks Notes of acme",
  ]);
});
