import { subgraph } from './subgraph.js';

interface Product {
  __typename: 'Book' | 'Furniture';
  upc: string;
  name: string;
  price: number;
  weight: number;
}

const PRODUCTS: Product[] = [
  { __typename: 'Furniture', upc: 'table', name: 'Table', price: 899, weight: 100 },
  { __typename: 'Furniture', upc: 'couch', name: 'Couch', price: 1299, weight: 1000 },
  { __typename: 'Book', upc: 'sicp', name: 'SICP', price: 54, weight: 50 },
];

const byUpc = (upc: string) => PRODUCTS.find((product) => product.upc === upc) ?? null;
const reference = ({ upc }: { upc: string }) => byUpc(upc);

export const products = () =>
  subgraph(
    'products',
    /* GraphQL */ `
      type Query {
        topProducts(first: Int = 5): [Product]
        product(upc: String!): Product
        search(text: String!): [SearchResult!]!
      }
      interface Product {
        upc: String!
        name: String
        price: Int
        weight: Int
      }
      type Book implements Product @key(fields: "upc") {
        upc: String!
        name: String
        price: Int
        weight: Int
        isbn: String
      }
      type Furniture implements Product @key(fields: "upc") {
        upc: String!
        name: String
        price: Int
        weight: Int
        material: Material!
      }
      type Shop {
        name: String
        sells: Category
      }
      union SearchResult = Book | Furniture | Shop
      enum Category {
        BOOKS
        FURNITURE
      }
      type Material {
        name: String!
        origin(unit: String = "country"): String
      }
    `,
    {
      Query: {
        topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first),
        product: (_: unknown, { upc }: { upc: string }) => byUpc(upc),
        search: (_: unknown, { text }: { text: string }) => [
          ...PRODUCTS.filter(({ name }) => name.toLowerCase().includes(text)),
          { __typename: 'Shop', name: `Shop of ${text}`, sells: 'BOOKS' },
        ],
      },
      Book: { __resolveReference: reference, isbn: () => '978-0262510875' },
      Furniture: { __resolveReference: reference, material: () => ({ name: 'oak' }) },
      Material: { origin: (_: unknown, { unit }: { unit: string }) => `a ${unit} with forests` },
    },
  );
