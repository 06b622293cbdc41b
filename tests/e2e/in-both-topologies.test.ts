import { afterAll, beforeAll, describe } from 'vitest';
import { openShop, type Shop } from '../support/shop.js';
import { TOPOLOGIES } from '../support/waybill.js';
import { changedAccess } from './changed-access/changed-access.js';
import { aDeclinedCard } from './declined-card/declined-card.js';
import { codesByMail } from './forgotten-password/forgotten-password.js';
import type { InBoth } from './in-both-topologies.js';
import { aPaidOrder } from './paid-order/paid-order.js';
import { partnerKeys } from './partner-keys/partner-keys.js';
import { partnerOperations } from './partner-operations/partner-operations.js';
import { aSession } from './sessions/sessions.js';
import { wrongValues } from './wrong-values/wrong-values.js';

// Six processes take longer to start than most stories to be told: they share them, each with people of its own.
describe.each(TOPOLOGIES)('Waybill in %s', (topology) => {
  let shop: Shop;
  const fetches: unknown[] = [];
  const told: InBoth = { shop: () => shop, fetches };

  beforeAll(async () => {
    const onFetch = (fetch: unknown) => void fetches.push(fetch);
    shop = await openShop(topology === 'distributed' ? { topology } : { topology, onFetch });
  }, 60_000);
  afterAll(() => shop?.close());

  aSession(told);
  codesByMail(told);
  changedAccess(told);
  aPaidOrder(told);
  aDeclinedCard(told);
  partnerKeys(told);
  partnerOperations(told);
  wrongValues(told);
});
