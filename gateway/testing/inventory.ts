import { subgraph } from './subgraph.js';

interface Reference {
  upc: string;
  price?: number;
  weight?: number;
}

const fields = {
  __resolveReference: (reference: Reference) => reference,
  inStock: ({ upc }: Reference) => upc !== 'couch',
  shippingEstimate: ({ price, weight }: Reference) =>
    (price ?? 0) > 1000 ? 0 : Math.round((weight ?? 0) / 2),
  shelf: ({ upc }: Reference) => {
    if (upc === 'couch') throw new Error('shelf index corrupt at /var/lib/inventory');
    return `shelf of ${upc}`;
  },
};

export const inventory = () =>
  subgraph(
    'inventory',
    /* GraphQL */ `
      type Query {
        warehouses: [String!]!
      }
      interface Product {
        upc: String!
        inStock: Boolean
        shippingEstimate: Int
        shelf: String!
      }
      type Book implements Product @key(fields: "upc") {
        upc: String!
        price: Int @external
        weight: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
        shelf: String!
      }
      type Furniture implements Product @key(fields: "upc") {
        upc: String!
        price: Int @external
        weight: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
        shelf: String!
      }
    `,
    { Query: { warehouses: () => ['north', 'south'] }, Book: fields, Furniture: fields },
  );
