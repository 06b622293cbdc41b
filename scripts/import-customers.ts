import { ImportCustomersDocument } from '@waybill/schema/generated/graphql.js';
import type { Client } from './client.js';
import { Failure } from './command-line/failure.js';
import { chunks } from './command-line/figures.js';

const BATCH = 500;

export interface NamedCustomer {
  externalId: string;
  name: string;
  country?: string;
}

export interface ImportedCustomers {
  created: number;
  updated: number;
  /** Ids of the users, by external id. */
  ids: Map<string, string>;
}

/** Makes sure that these customers are known; asked again it changes nothing. */
export async function importCustomers(
  client: Client,
  customers: readonly NamedCustomer[],
  advance: (by: number) => void = () => {},
): Promise<ImportedCustomers> {
  const imported: ImportedCustomers = { created: 0, updated: 0, ids: new Map() };
  for (const batch of chunks(customers, BATCH)) {
    const { importCustomers } = await client.run(ImportCustomersDocument, {
      input: { customers: batch },
    });
    const [wrong] = importCustomers.userErrors;
    if (wrong) throw new Failure(`importCustomers: ${wrong.code} ${wrong.message}`);
    imported.created += importCustomers.created;
    imported.updated += importCustomers.updated;
    for (const { id, externalId } of importCustomers.users) imported.ids.set(externalId ?? '', id);
    advance(batch.length);
  }
  return imported;
}
