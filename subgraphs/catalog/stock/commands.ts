import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { CommandHandlers } from '@waybill/kernel/commands.js';
import type { Database } from '@waybill/kernel/database.js';
import { forgetKeys } from '@waybill/kernel/idempotency.js';
import type { Commands } from '@waybill/schema/commands.js';
import { findLocation } from '../locations/find-location.js';
import { findQuote } from '../quotes/find-quote.js';
import { recordQuotePlaced } from '../quotes/record-placed.js';
import { describeStorefront, findStorefront } from '../storefronts/describe-storefront.js';
import { describeVariant } from '../variants/describe-variant.js';
import { addToHold } from './add-to-hold.js';
import { serveBackorders } from './backorders/serve-backorders.js';
import { commitStock } from './commit-stock.js';
import { consumeStock } from './consume-stock.js';
import { expireHolds } from './expire-holds.js';
import { extendHold } from './extend-hold.js';
import { findHeld } from './find-held.js';
import {
  claimLowStock,
  findUntoldLowStock,
  giveBackLowStock,
  settleLowStock,
} from './low/notices.js';
import { quoteItem } from './quote-item.js';
import { releaseItems } from './release-items.js';
import { releaseStock } from './release-stock.js';
import { reserveStock } from './reserve-stock.js';
import { restock } from './restock.js';

/** What jobs and other subgraphs may ask of the catalog. */
export function catalogCommands(
  db: Database,
  lowStockThreshold = 0,
): CommandHandlers<Commands['catalog']> {
  return {
    quoteItem: (inputs) => quoteItem(db, inputs),
    findQuote: (inputs) => findQuote(db, inputs),
    recordQuotePlaced: (inputs) => recordQuotePlaced(db, inputs),
    describeVariant: (inputs) => describeVariant(db, inputs),
    reserveStock: (inputs) => reserveStock(db, inputs, lowStockThreshold),
    commitStock: (inputs) => commitStock(db, inputs),
    releaseStock: (inputs) => releaseStock(db, inputs),
    releaseItems: (inputs) => releaseItems(db, inputs),
    addToHold: (inputs) => addToHold(db, inputs, lowStockThreshold),
    extendHold: (inputs) => extendHold(db, inputs),
    consumeStock: (inputs) => consumeStock(db, inputs),
    serveBackorders: (inputs) => serveBackorders(db, inputs),
    findHeld: (inputs) => findHeld(db, inputs),
    findLocation: (inputs) => findLocation(db, inputs),
    restock: (inputs) => restock(db, inputs, lowStockThreshold),
    describeStorefront: (inputs) => describeStorefront(db, inputs),
    findStorefront: (inputs) => findStorefront(db, inputs),
    claimLowStock: each((input) => claimLowStock(db, input)),
    settleLowStock: each((input) => settleLowStock(db, input)),
    giveBackLowStock: each((input) => giveBackLowStock(db, input)),
    findUntoldLowStock: each((input) => findUntoldLowStock(db, input)),
    forgetKeys: forgetKeys(db),
    expireHolds: (inputs) => expireHolds(db, inputs),
  };
}

/** For what is asked once in a while, and alone. */
const each =
  <Input, Output>(handle: (input: Input) => Promise<Output>): BatchHandler<Input, Output> =>
  (inputs) =>
    Promise.all(inputs.map(handle));
