import type { BenchProduct } from './catalog.js';

/** One order of the shop, by the customer with this number. */
export interface BenchOrder {
  customer: number;
  lines: Array<{ sku: string; quantity: number }>;
  address: { name: string; line1: string; city: string; postalCode: string; country: string };
}

export interface BenchCustomer {
  firstName: string;
  lastName: string;
  email: string;
  password: string;
}

export function benchCustomers(count: number): BenchCustomer[] {
  return Array.from({ length: count }, (_, i) => ({
    firstName: 'Customer',
    lastName: `Number${i}`,
    email: `customer${i}@shop.example`,
    password: `correct horse ${i}`,
  }));
}

/** Orders of one to four lines, all in stock. */
export function benchOrders(
  catalog: readonly BenchProduct[],
  count: number,
  customers: number,
): BenchOrder[] {
  const skus = catalog.flatMap(({ variants }) =>
    variants.filter(({ onHand }) => onHand > 0).map(({ sku }) => sku),
  );
  return Array.from({ length: count }, (_, i) => ({
    customer: i % customers,
    lines: Array.from({ length: 1 + (i % 4) }, (_, n) => ({
      sku: skus[(i * 101 + n * 1009) % skus.length] ?? '',
      quantity: 1 + ((i + n) % 3),
    })),
    address: {
      name: `Customer Number${i % customers}`,
      line1: `${1 + i} Mill Lane`,
      city: 'York',
      postalCode: 'YO1 7HH',
      country: 'GB',
    },
  }));
}
