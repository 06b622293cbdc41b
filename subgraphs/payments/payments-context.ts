import type { Database } from '@waybill/kernel/database.js';
import type { Log } from '@waybill/kernel/log.js';
import type { PaymentProvider } from './providers/provider.js';

/** What every command of this subgraph works with. */
export interface PaymentsContext {
  db: Pick<Database, 'query' | 'transaction'>;
  provider: PaymentProvider;
  log: Log;
  /** Says that events were committed to the outbox. */
  wakeOutbox(): void;
}
