import type { DomainEvent } from '@waybill/schema/events.js';
import { composeStockMail } from './mail/compose-stock-mail.js';
import type { Mailer } from './mail/mailer.js';
import type { CommandClients } from './workers.js';

type StockIsLow = Extract<DomainEvent, { type: 'stock.low' }>;

/** Tells staff by mail that little is left of a SKU; one notice that is delivered thrice goes out once. */
export async function tellStaff(
  { id: eventId }: StockIsLow,
  { catalog }: Pick<CommandClients, 'catalog'>,
  mailer: Mailer,
  to: string | undefined,
): Promise<void> {
  if (!to) return void (await catalog.settleLowStock({ eventId }));
  const claimed = await catalog.claimLowStock({ eventId });
  if (claimed.claim === 'SETTLED') return;
  // Whoever took it may have died on the way: a later attempt finds out.
  if (claimed.claim === 'TAKEN') throw new Error('this notice is being sent by another worker');
  try {
    await mailer.send({ ...composeStockMail(claimed.notice), to, id: eventId });
  } catch (error) {
    await catalog.giveBackLowStock({ eventId });
    throw error;
  }
  await catalog.settleLowStock({ eventId });
}
