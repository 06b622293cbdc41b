import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const SONGS = [
  { id: 'g1', title: 'Gnossienne', seconds: 200 },
  { id: 'g2', title: 'Gymnopédie', seconds: 180 },
];

/** Fields that have moved from one subgraph to another, whose old place must not be asked any more. */
export const override: Kind = {
  name: '@override',
  subgraphs: () => [songs(), player(), charts()],
  questions: {
    'a field that moved': '{ songs { title plays } }',
    'a field that stayed': '{ songs { title seconds } }',
    both: '{ songs { plays seconds title } }',
    'from the new place': '{ queue { plays title } }',
    'a root field that moved': '{ latest { id title plays } }',
    'a field that requires what moved': '{ songs { popularity } }',
    'a field that moved and requires': '{ queue { ratio } }',
    'an interface over what moved': '{ playables { plays ... on Song { title } } }',
    'from a subgraph that is gone': '{ songs { lyrics } }',
    'by the type of an interface': '{ playables { ... on Song { ratio plays popularity } } }',
  },
};

const wrong = (field: string) => () => {
  throw new Error(`"${field}" has moved`);
};

const songs = () =>
  subgraph(
    'songs',
    /* GraphQL */ `
      type Query {
        songs: [Song!]!
        latest: Song
      }
      interface Playable {
        plays: Int
      }
      type Song implements Playable @key(fields: "id") {
        id: ID!
        title: String
        seconds: Int
        plays: Int
        ratio: Float
      }
    `,
    {
      Query: { songs: () => SONGS, latest: wrong('latest') },
      Song: { ...entities(SONGS), plays: wrong('plays'), ratio: wrong('ratio') },
    },
  );

const PLAYS = [
  { __typename: 'Song', id: 'g1', plays: 7, lyrics: 'la' },
  { __typename: 'Song', id: 'g2', plays: 9, lyrics: null },
];

const player = () =>
  subgraph(
    'player',
    /* GraphQL */ `
      type Query {
        queue: [Song]
        latest: Song @override(from: "songs")
        playables: [Playable!]
      }
      interface Playable {
        plays: Int
      }
      type Song implements Playable @key(fields: "id") {
        id: ID!
        plays: Int @override(from: "songs")
        seconds: Int @external
        ratio: Float @override(from: "songs") @requires(fields: "seconds")
        lyrics: String @override(from: "archive")
      }
    `,
    {
      Query: { queue: () => [...PLAYS, null], latest: () => PLAYS[1], playables: () => PLAYS },
      Song: {
        ...entities(PLAYS),
        ratio: ({ seconds, plays }: { seconds: number; plays: number }) => seconds / plays,
      },
    },
  );

const charts = () =>
  subgraph(
    'charts',
    /* GraphQL */ `
      type Song @key(fields: "id") {
        id: ID!
        plays: Int @external
        popularity: String @requires(fields: "plays")
      }
    `,
    {
      Song: {
        __resolveReference: (reference: object) => reference,
        popularity: ({ plays }: { plays: number }) => (plays > 8 ? 'hit' : 'miss'),
      },
    },
  );
