import type { Placement } from '@waybill/orders/place-order.js';
import type { Invoice } from '@waybill/scripts/online-retail/plan-invoices.js';
import { orderInput } from '@waybill/scripts/replay/place-invoices.js';
import pg from 'pg';

/** The invoices as the orders that the replay places, for the use case instead of the API. */
export async function placementsOf(
  invoices: readonly Invoice[],
  usersDatabaseUrl: string,
): Promise<Placement[]> {
  const customers = await customerIds(usersDatabaseUrl);
  return invoices.map((invoice) => {
    const { charges, customerId, paymentMethod, lines, idempotencyKey, currency } = orderInput(
      invoice,
      1,
      customers,
    );
    return {
      idempotencyKey,
      customerId: customerId == null ? null : `${customerId}`,
      paymentMethod,
      lines: lines ?? [],
      currency: currency ?? 'GBP',
      charges: (charges ?? []).map((charge) => ({ ...charge, quantity: charge.quantity ?? 1 })),
      notifyCustomer: false,
    };
  });
}

/** Ids of the imported customers, by the file's numbers. */
async function customerIds(databaseUrl: string): Promise<Map<string, string>> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; external_id: string }>(
      'select id, external_id from users where external_id is not null',
    );
    return new Map(rows.map((row) => [row.external_id, row.id]));
  } finally {
    await client.end();
  }
}
