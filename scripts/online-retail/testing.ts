import type { Row } from './row.js';

/** A sound row for tests, with what the test is about changed. */
export function row(changed: Partial<Row>): Row {
  return {
    line: 2,
    invoice: '536368',
    stockCode: '22914',
    description: 'BLUE COAT RACK',
    quantity: 3,
    at: '2010-12-01T08:34:00',
    unitPrice: 495,
    customer: '13047',
    country: 'United Kingdom',
    ...changed,
  };
}

export async function* asStream<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
