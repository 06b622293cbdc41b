import { subgraph, type TestSubgraph } from '@waybill/gateway/testing/subgraph.js';
import { PRODUCTS, type Product, REVIEWS, type Review, USERS } from './data.js';

const userOf = ({ id }: { id: string }) => USERS.find((user) => user.id === id) ?? null;
const productOf = ({ upc }: { upc: string }) => PRODUCTS.find((each) => each.upc === upc) ?? null;

const accounts = () =>
  subgraph(
    'accounts',
    /* GraphQL */ `
      type Query {
        me: User
        users: [User!]!
      }
      type User @key(fields: "id") {
        id: ID!
        name: String
        username: String
      }
    `,
    {
      Query: { me: () => USERS[0], users: () => USERS },
      User: { __resolveReference: userOf },
    },
  );

const inventory = () =>
  subgraph(
    'inventory',
    /* GraphQL */ `
      type Product @key(fields: "upc") {
        upc: String!
        price: Int @external
        weight: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }
    `,
    {
      Product: {
        __resolveReference: (reference: object) => reference,
        inStock: ({ upc }: Product) => Number(upc) % 3 !== 0,
        shippingEstimate: ({ price, weight }: Product) =>
          price > 1000 ? 0 : Math.round(weight / 2),
      },
    },
  );

const products = () =>
  subgraph(
    'products',
    /* GraphQL */ `
      type Query {
        topProducts(first: Int = 5): [Product!]!
      }
      type Product @key(fields: "upc") {
        upc: String!
        name: String
        price: Int
        weight: Int
      }
    `,
    {
      Query: {
        topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first),
      },
      Product: { __resolveReference: productOf },
    },
  );

const reviews = () =>
  subgraph(
    'reviews',
    /* GraphQL */ `
      type Review @key(fields: "id") {
        id: ID!
        body: String
        author: User
        product: Product
      }
      type User @key(fields: "id") {
        id: ID!
        reviews: [Review!]
      }
      type Product @key(fields: "upc") {
        upc: String!
        reviews: [Review!]
      }
    `,
    {
      Review: {
        __resolveReference: ({ id }: Review) => REVIEWS.find((each) => each.id === id) ?? null,
        author: ({ authorId }: Review) => ({ id: authorId }),
        product: ({ upc }: Review) => ({ upc }),
      },
      User: {
        __resolveReference: (reference: object) => reference,
        reviews: ({ id }: { id: string }) => REVIEWS.filter((each) => each.authorId === id),
      },
      Product: {
        __resolveReference: (reference: object) => reference,
        reviews: ({ upc }: { upc: string }) => REVIEWS.filter((each) => each.upc === upc),
      },
    },
  );

/** The well-known federation example, all in memory. */
export const SUBGRAPHS = { accounts, inventory, products, reviews } satisfies Record<
  string,
  () => TestSubgraph
>;

export type SubgraphName = keyof typeof SUBGRAPHS;
