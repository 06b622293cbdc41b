export interface User {
  id: string;
  name: string;
  username: string;
}

export interface Product {
  upc: string;
  name: string;
  price: number;
  weight: number;
}

export interface Review {
  id: string;
  body: string;
  authorId: string;
  upc: string;
}

const PEOPLE = ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Edsger Dijkstra'];
const MORE_PEOPLE = ['Barbara Liskov', 'Donald Knuth'];

export const USERS: User[] = [...PEOPLE, ...MORE_PEOPLE].map((name, i) => ({
  id: String(i + 1),
  name,
  username: `@${name.toLowerCase().replace(' ', '.')}`,
}));

const THINGS = ['Table', 'Couch', 'Glass', 'Chair', 'TV', 'Lamp', 'Grill', 'Fridge', 'Sofa'];

export const PRODUCTS: Product[] = THINGS.map((name, i) => ({
  upc: String(i + 1),
  name,
  price: ((i * 337) % 1500) + 49,
  weight: ((i * 110) % 900) + 20,
}));

const OPINIONS = ['Love it!', 'Too expensive.', 'Could be better.', 'Prefer something else.'];

/** So many that answers have the sizes of the public benchmark's: about 12 kB nested, 80 kB full. */
const COUNT = 27;

export const REVIEWS: Review[] = Array.from({ length: COUNT }, (_, i) => ({
  id: String(i + 1),
  body: OPINIONS[i % OPINIONS.length] ?? '',
  authorId: String((i % USERS.length) + 1),
  upc: String(((i * 2) % PRODUCTS.length) + 1),
}));
