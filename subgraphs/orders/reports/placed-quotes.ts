import type { Projection } from '../projections/projection.js';

const PLACED = `
  select quote_id as "quoteId", id as "orderId", placed_at as "placedAt" from orders
  where id = any($1) and quote_id is not null`;

/** Tells the catalog of the quotes that were placed; it keeps them, and counts them for its reports. */
export const placedQuotes: Projection = {
  name: 'placed_quotes',
  events: ['placed'],
  prepare: async ({ db, commands }, events) => {
    const placed = await db.query<{ quoteId: string; orderId: string; placedAt: string }>(
      'quotes.placed',
      PLACED,
      [events.map(({ orderId }) => orderId)],
    );
    await Promise.all(placed.map((quote) => commands.catalog.recordQuotePlaced(quote)));
  },
  project: async () => {},
};
