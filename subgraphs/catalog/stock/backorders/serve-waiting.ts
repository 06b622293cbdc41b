import { type Shelf, takeFrom } from '../choose-locations.js';

/** Units that an order waits for, at the location where it was promised them. */
export interface WaitingItem {
  orderId: string;
  variantId: string;
  locationId: string;
  backordered: number;
}

/** What one location can give of a variant. */
export interface FreeLevel {
  variantId: string;
  locationId: string;
  free: number;
}

/** Units that an order waits for no more: they are held now at `to`. */
export interface ServedUnits extends Omit<WaitingItem, 'backordered'> {
  to: string;
  units: number;
}

/** Shares out what has come in: whoever waits longest comes first, and gets as much as there is. */
export function serveWaiting(waiting: WaitingItem[], levels: FreeLevel[]): ServedUnits[] {
  const shelves = levels.map(
    ({ variantId, locationId, free }): Shelf => ({ sku: variantId, locationId, available: free }),
  );
  return waiting.flatMap(({ orderId, variantId, locationId, backordered }) => {
    const own = shelves.filter(({ sku }) => sku === variantId).toSorted(nearest(locationId));
    const free = own.reduce((all, { available }) => all + Math.max(0, available), 0);
    const wanted = new Map([[variantId, Math.min(backordered, free)]]);
    return takeFrom(own, wanted).map(({ shelf, units }) => {
      shelf.available -= units;
      return { orderId, variantId, locationId, to: shelf.locationId, units };
    });
  });
}

/** Of equally good locations the one where the order waits: nothing has to be moved. */
const nearest = (locationId: string) => (one: Shelf, other: Shelf) =>
  Number(other.locationId === locationId) - Number(one.locationId === locationId);
