import { GraphQLError } from 'graphql';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

/** Mutations of several subgraphs run one after the other, whoever they belong to. */
export const mutations: Kind = {
  name: 'mutations',
  subgraphs: () => {
    // Both subgraphs write into one diary, so that it shows in what sequence they were called.
    const diary: string[] = [];
    return [left(diary), right(diary)];
  },
  questions: {
    one: 'mutation { clear write(text: "a") { text } }',
    'two of one subgraph':
      'mutation { clear a: write(text: "a") { length } b: write(text: "b") { length } }',
    'by turns':
      'mutation { clear a: write(text: "a") { length } b: scribble(text: "b") { length } c: write(text: "c") { length } d: scribble(text: "d") { length text } }',
    'a hop after each':
      'mutation { clear a: write(text: "a") { text ink } b: write(text: "b") { ink } }',
    'a hop between':
      'mutation { clear a: scribble(text: "a") { ink length pages } b: write(text: "b") { ink pages } }',
    'one fails, the next runs':
      'mutation { clear a: write(text: "a") { length } tear b: scribble(text: "b") { length } }',
    'one that must not be null fails':
      'mutation { clear write(text: "a") { length } mustTear scribble(text: "b") { length } }',
    'what was written in spite of it': '{ diary }',
    'skipped ones do not run': {
      query: `mutation M($yes: Boolean!) { clear a: write(text: "a") @skip(if: $yes) { length }
        b: scribble(text: "b") @include(if: $yes) { length } c: write(text: "c") { length } }`,
      variables: { yes: true },
    },
    variables: {
      query:
        'mutation M($a: String!, $b: String = "zz") { clear a: write(text: $a) { text } b: scribble(text: $b) { text } }',
      variables: { a: 'v' },
    },
    'in a fragment':
      'mutation { ...All } fragment All on Mutation { clear a: write(text: "a") { length } ...More } fragment More on Mutation { b: scribble(text: "b") { length } }',
    'a type name': 'mutation { __typename clear }',
    'an input object': {
      query: 'mutation M($page: Page!) { clear fill(page: $page) { text length } }',
      variables: { page: { lines: ['a', 'b'], ink: 'RED' } },
    },
    'a refusal with a code': 'mutation { clear forbid { text } write(text: "x") { length } }',
  },
  values: { text: '"r"', page: '{ lines: ["r"] }' },
};

interface Page {
  text: string;
  length: number;
}

function writeInto(diary: string[]) {
  return (_: unknown, { text }: { text: string }): Page => {
    diary.push(text);
    return { text, length: diary.length };
  };
}

const tear = () => {
  throw new Error('The page is torn');
};

const left = (diary: string[]) =>
  subgraph(
    'left',
    /* GraphQL */ `
      type Query {
        diary: [String!]!
      }
      type Mutation {
        clear: Boolean
        write(text: String!): Entry
        tear: Boolean
        mustTear: Boolean!
        fill(page: Page!): Entry
        forbid: Entry
      }
      input Page {
        lines: [String!]!
        ink: Ink = BLUE
      }
      enum Ink {
        BLUE
        RED
      }
      type Entry @key(fields: "text") {
        text: ID!
        length: Int @shareable
        pages: Int
      }
    `,
    {
      Query: { diary: () => diary },
      Mutation: {
        clear: () => diary.splice(0).length >= 0,
        write: writeInto(diary),
        tear,
        mustTear: tear,
        fill: (_: unknown, { page }: { page: { lines: string[]; ink: string } }) => ({
          text: page.lines.join(page.ink),
          length: 1,
        }),
        forbid: () => {
          throw new GraphQLError('Not yours', { extensions: { code: 'FORBIDDEN', owner: 'me' } });
        },
      },
      Entry: { __resolveReference: (entry: object) => entry, pages: () => diary.length },
    },
  );

const right = (diary: string[]) =>
  subgraph(
    'right',
    /* GraphQL */ `
      type Mutation {
        scribble(text: String!): Entry
      }
      type Entry @key(fields: "text") {
        text: ID!
        length: Int @shareable
        ink: String
      }
    `,
    {
      Mutation: { scribble: writeInto(diary) },
      Entry: {
        __resolveReference: (entry: object) => entry,
        ink: ({ text }: { text: string }) => `${text} is the ${diary.length}th`,
      },
    },
  );
