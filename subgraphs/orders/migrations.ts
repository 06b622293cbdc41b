import { CreateOrders } from './migrations/20261120-create-orders.js';
import { TraceOutbox } from './migrations/20261120-trace-outbox.js';
import { DeleteDrafts } from './migrations/20261121-delete-drafts.js';
import { Drafts } from './migrations/20261121-drafts.js';
import { Edits } from './migrations/20261121-edits.js';
import { Fulfillments } from './migrations/20261121-fulfillments.js';
import { HistoryChain } from './migrations/20261121-history-chain.js';
import { IdempotencyKeys } from './migrations/20261121-idempotency-keys.js';
import { LightUpdates } from './migrations/20261121-light-updates.js';
import { ListByPlacement } from './migrations/20261121-list-by-placement.js';
import { OrdersOfPartners } from './migrations/20261121-orders-of-partners.js';
import { ParcelLocations } from './migrations/20261121-parcel-locations.js';
import { PricesOfLines } from './migrations/20261121-prices-of-lines.js';
import { Projections } from './migrations/20261121-projections.js';
import { QuotesOfOrders } from './migrations/20261121-quotes.js';
import { RenewedPayments } from './migrations/20261121-renewed-payments.js';
import { Returns } from './migrations/20261121-returns.js';
import { Sales } from './migrations/20261121-sales.js';
import { SeveralPayments } from './migrations/20261121-several-payments.js';
import { StorefrontsOfOrders } from './migrations/20261121-storefronts.js';
import { WholeLife } from './migrations/20261121-whole-life.js';
import { Workflows } from './migrations/20261121-workflows.js';

/** In the sequence in which they are carried out; each says what it is for. */
export const MIGRATIONS = [
  { name: '20261120-create-orders', class: CreateOrders },
  { name: '20261120-trace-outbox', class: TraceOutbox },
  { name: '20261121-whole-life', class: WholeLife },
  { name: '20261121-idempotency-keys', class: IdempotencyKeys },
  { name: '20261121-list-by-placement', class: ListByPlacement },
  { name: '20261121-fulfillments', class: Fulfillments },
  { name: '20261121-several-payments', class: SeveralPayments },
  { name: '20261121-returns', class: Returns },
  { name: '20261121-drafts', class: Drafts },
  { name: '20261121-history-chain', class: HistoryChain },
  { name: '20261121-edits', class: Edits },
  { name: '20261121-renewed-payments', class: RenewedPayments },
  { name: '20261121-delete-drafts', class: DeleteDrafts },
  { name: '20261121-light-updates', class: LightUpdates },
  { name: '20261121-parcel-locations', class: ParcelLocations },
  { name: '20261121-storefronts', class: StorefrontsOfOrders },
  { name: '20261121-orders-of-partners', class: OrdersOfPartners },
  { name: '20261121-prices-of-lines', class: PricesOfLines },
  { name: '20261121-workflows', class: Workflows },
  { name: '20261121-quotes', class: QuotesOfOrders },
  { name: '20261121-projections', class: Projections },
  { name: '20261121-sales', class: Sales },
];
