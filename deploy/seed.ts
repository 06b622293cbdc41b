import type { Identity, Role } from '@waybill/kernel/identity.js';
import type { GraphQLSchema } from 'graphql';
import { execute, parse } from 'graphql';

export interface DemoPerson {
  email: string;
  password: string;
  name: string;
  roles: readonly Role[];
}

/** Accounts to try things with; README lists them. */
export const DEMO_PEOPLE = {
  customer: person('customer', 'Clara Customer', ['CUSTOMER']),
  staff: person('staff', 'Stan Staff', ['STAFF']),
  manager: person('manager', 'Mona Manager', ['MANAGER']),
  admin: person('admin', 'Ada Admin', ['ADMIN', 'STAFF']),
} as const;

function person(name: string, title: string, roles: readonly Role[]): DemoPerson {
  return { email: `${name}@waybill.example`, password: `demo-${name}`, name: title, roles };
}

/** Plenty of most things, three of one, none of another. */
const DEMO_PRODUCTS = [
  product('MUG-ENAMEL', 'Enamel mug, cream', 'Kitchen', '8.50', 240),
  product('TEAPOT-STONE', 'Stoneware teapot, 1 l', 'Kitchen', '34.00', 60),
  product('TOWEL-LINEN', 'Linen tea towel', 'Kitchen', '12.75', 180),
  product('BOARD-OAK', 'Oak cutting board', 'Kitchen', '29.90', 85),
  product('CANDLE-FIG', 'Fig candle, 40 h', 'Home', '18.00', 150),
  product('BLANKET-WOOL', 'Wool blanket, grey', 'Home', '89.00', 40),
  product('LAMP-BRASS', 'Brass desk lamp', 'Home', '129.00', 25),
  product('NOTEBOOK-A5', 'Notebook A5, dotted', 'Stationery', '6.95', 500),
  product('PEN-STEEL', 'Steel rollerball pen', 'Stationery', '21.50', 120),
  product('POSTER-MAP', 'Letterpress map of the stars', 'Stationery', '45.00', 30),
  product('CLOCK-LAST', 'Wall clock, last pieces', 'Home', '64.00', 3),
  product('VASE-GONE', 'Blue vase, sold out', 'Home', '39.00', 0),
];

function product(sku: string, title: string, category: string, price: string, onHand: number) {
  return { sku, title, category, price, onHand };
}

interface PeopleKeeper {
  seedPeople(people: DemoPerson[]): Promise<unknown>;
}

/** Gives the demo people accounts unless they have one. */
export async function seedPeople(users: PeopleKeeper): Promise<void> {
  await users.seedPeople(Object.values(DEMO_PEOPLE));
}

interface Catalog {
  schema: GraphQLSchema;
  contextFor(identity: Identity): object;
}

const KNOWN = parse(`query ($skus: [String!]!) {
  productVariants(first: 100, filter: { skus: $skus }) { edges { node { sku } } }
}`);

const IMPORT = parse(`mutation ($products: [ImportedProductInput!]!) {
  importProducts(input: { products: $products }) { userErrors { code message } }
}`);

/** Adds the demo products that are missing: what was sold since the first start stays sold. */
export async function seedProducts(catalog: Catalog): Promise<void> {
  const skus = DEMO_PRODUCTS.map(({ sku }) => sku);
  const { productVariants } = await asService<Known>(catalog, KNOWN, { skus });
  const known = new Set(productVariants.edges.map(({ node }) => node.sku));
  const missing = DEMO_PRODUCTS.filter(({ sku }) => !known.has(sku));
  if (missing.length > 0) await asService(catalog, IMPORT, { products: missing });
}

interface Known {
  productVariants: { edges: Array<{ node: { sku: string } }> };
}

async function asService<Data>(
  { schema, contextFor }: Catalog,
  document: ReturnType<typeof parse>,
  variableValues: Record<string, unknown>,
): Promise<Data> {
  const contextValue = contextFor({ kind: 'service', name: 'seed' });
  const { data, errors } = await execute({ schema, document, variableValues, contextValue });
  if (errors) throw new AggregateError(errors, 'the demo catalog cannot be seeded');
  return data as Data;
}
