import { isStaff } from '@waybill/kernel/identity.js';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { locationOf } from '../../locations/find-locations.js';
import { Location } from '../../locations/location.js';
import type { CatalogContext } from '../../products/context.js';
import { ProductVariant } from '../../variants/variant.js';
import { MAX_UNITS } from './plan-changes.js';
import type { ReadLevel, ShownStock } from './read-levels.js';
import { Stock, StockLevel, toLevel } from './stock.js';

@Resolver(() => ProductVariant)
export class StockOfVariant {
  @FieldResolver(() => Stock, { description: 'How many there are.' })
  stock(
    @Root() { uuid, offer }: ProductVariant,
    @Ctx() { identity, levels, shownStock }: CatalogContext,
  ): Stock | Promise<Stock> {
    if (offer?.stock) return toShown(offer.stock);
    return isStaff(identity)
      ? levels.load(uuid).then(toStock)
      : shownStock.load(uuid).then(toShown);
  }
}

@Resolver(() => StockLevel)
export class StockLevelResolver {
  @FieldResolver(() => Location, { description: 'The location.' })
  location(@Root() { locationId }: StockLevel, @Ctx() context: CatalogContext): Promise<Location> {
    return locationOf(locationId, context);
  }
}

const NOTHING: ShownStock = { free: 0, allowance: 0, expectedAt: null };

function shown({ free, allowance, expectedAt }: ShownStock) {
  return {
    available: Math.max(0, free),
    orderable: Math.max(0, Math.min(MAX_UNITS, free + allowance)),
    expectedAt: expectedAt === null ? null : new Date(expectedAt),
  };
}

const toShown = (stock: ShownStock | null): Stock => ({ ...FOR_STAFF, ...shown(stock ?? NOTHING) });

/** What nobody else is shown. */
const FOR_STAFF = {
  backordered: null,
  onHand: null,
  reserved: null,
  backorderPolicy: null,
  backorderLimit: null,
  lowStockThreshold: null,
  levels: null,
};

function toStock(levels: ReadLevel[]): Stock {
  const sum = (units: (level: ReadLevel) => number) =>
    levels.reduce((all, level) => all + units(level), 0);
  const [first] = levels;
  const { allowance, expectedAt } = first ?? NOTHING;
  const free = sum((level) => (level.open ? level.onHand - level.reserved - level.backordered : 0));
  return {
    ...shown({ free, allowance, expectedAt }),
    backordered: sum(({ backordered }) => backordered),
    onHand: sum(({ onHand }) => onHand),
    reserved: sum(({ reserved }) => reserved),
    backorderPolicy: first?.backorderPolicy ?? null,
    backorderLimit: first?.backorderLimit ?? null,
    lowStockThreshold: first?.lowStockThreshold ?? null,
    levels: levels.map(toLevel),
  };
}
