import { expect, it } from 'vitest';
import { comparable } from '../testing/comparable.js';
import { graphOf, testGateway } from '../testing/graph.js';
import { stockGateway } from '../testing/oracle.js';
import { subgraph } from '../testing/subgraph.js';
import { textOf } from '../written-answer.js';

/** One item is in many places, and not everywhere the same: who asks about it there gets different answers. */
const shop = () =>
  graphOf([
    subgraph(
      'items',
      /* GraphQL */ `
        type Query {
          shelves: [Shelf]
        }
        type Shelf {
          id: ID
          items: [[Item]]
          best: Item
        }
        type Item @key(fields: "id") {
          id: ID!
          price: Int
          maker: Maker
        }
        type Maker @key(fields: "id") {
          id: ID!
        }
      `,
      { Query: { shelves: () => SHELVES } },
    ),
    subgraph(
      'boxes',
      /* GraphQL */ `
        type Item @key(fields: "id") {
          id: ID!
          box: Box @shareable
          label: Label
        }
        type Box @shareable {
          width: Int
        }
        type Label {
          text: String
          maker: Maker
        }
        type Maker @key(fields: "id") {
          id: ID!
        }
      `,
      {
        Item: {
          __resolveReference: (item: object) => item,
          box: ({ id }: { id: string }) => ({ width: Number(id) }),
          label: ({ id }: { id: string }) => ({ text: `item ${id}`, maker: { id } }),
        },
      },
    ),
    subgraph(
      'heights',
      /* GraphQL */ `
        type Item @key(fields: "id") {
          id: ID!
          price: Int @external
          box: Box @shareable @requires(fields: "price")
        }
        type Box @shareable {
          height: Int
        }
      `,
      {
        Item: {
          __resolveReference: (item: object) => item,
          box: ({ price }: { price: number }) => ({ height: price }),
        },
      },
    ),
    subgraph(
      'makers',
      /* GraphQL */ `
        type Maker @key(fields: "id") {
          id: ID!
          name: String
          town: String!
        }
      `,
      {
        Maker: {
          __resolveReference: (maker: object) => maker,
          name: ({ id }: { id: string }) => {
            if (id === '2') throw new Error('Nobody knows');
            return `maker ${id}`;
          },
          town: ({ id }: { id: string }) => (id === '3' ? null : 'Town'),
        },
      },
    ),
  ]);

const item = (id: string, price: number, maker: string | null = id) => ({
  ...{ id, price },
  maker: maker && { id: maker },
});

const SHELVES = [
  { id: 'a', items: [[item('1', 5), item('1', 6)], [item('2', 5)]], best: item('1', 5) },
  { id: 'b', items: [[item('1', 5), null, item('3', 7)], null, []], best: item('1', 8) },
  { id: 'c', items: [[item('1', 5), item('1', 5), item('2', 5)]], best: null },
];

it.each([
  ['values of two subgraphs in one object', '{ shelves { items { box { width height } } } }'],
  [
    'objects from above and below',
    '{ shelves { best { price box { height width } maker { id } } } }',
  ],
  ['an object in common', '{ shelves { items { id label { text maker { id town } } } } }'],
  ['errors at every place', '{ shelves { items { maker { id name } } best { maker { name } } } }'],
  ['nulls at every place', '{ shelves { items { price maker { town } } } }'],
  [
    'all of it, by other names',
    '{ s: shelves { i: items { x: box { w: width h: height } l: label { m: maker { n: name } } o: maker { t: town } } } }',
  ],
])('%s: as stock answers, where one entity is not the same everywhere', async (_, query) => {
  const { gateway } = await testGateway({ maskErrors: false }, shop());
  const stock = await stockGateway(shop());
  const expected = await stock.ask({ query });
  const answer = await gateway.execute({ query });
  expect(comparable(answer)).toEqual(comparable(expected));
  const context = {
    identity: { kind: 'anonymous' },
    requestId: 'sharing-test',
    text: true,
  } as const;
  const written = await gateway.engine.operations.adHoc(query, undefined).run({}, context);
  expect(JSON.parse(textOf(written)).data).toEqual(JSON.parse(JSON.stringify(expected.data)));
  await gateway.close();
  await stock.stop();
});

it('asks about each entity once', async () => {
  const { gateway, fetches } = await testGateway({}, shop());
  await gateway.execute({ query: '{ shelves { items { label { maker { town } } } } }' });
  expect(fetches.map(({ subgraph, representations }) => [subgraph, representations])).toEqual([
    ['items', 0],
    ['boxes', 3],
    ['makers', 3],
  ]);
  await gateway.close();
});
