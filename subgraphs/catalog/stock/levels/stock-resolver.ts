import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { locationOf } from '../../locations/find-locations.js';
import { Location } from '../../locations/location.js';
import type { CatalogContext } from '../../products/context.js';
import { ProductVariant } from '../../variants/variant.js';
import { MAX_UNITS } from './plan-changes.js';
import type { ReadLevel } from './read-levels.js';
import { Stock, StockLevel, toLevel } from './stock.js';

@Resolver(() => ProductVariant)
export class StockOfVariant {
  @FieldResolver(() => Stock, { description: 'How many there are.' })
  async stock(@Root() variant: ProductVariant, @Ctx() { levels }: CatalogContext): Promise<Stock> {
    return toStock(await levels.load(variant.uuid));
  }
}

@Resolver(() => StockLevel)
export class StockLevelResolver {
  @FieldResolver(() => Location, { description: 'The location.' })
  location(@Root() { locationId }: StockLevel, @Ctx() context: CatalogContext): Promise<Location> {
    return locationOf(locationId, context);
  }
}

function toStock(levels: ReadLevel[]): Stock {
  const sum = (units: (level: ReadLevel) => number) =>
    levels.reduce((all, level) => all + units(level), 0);
  const [first] = levels;
  const { allowance = 0, expectedAt = null } = first ?? {};
  const free = sum((level) => (level.open ? level.onHand - level.reserved - level.backordered : 0));
  return {
    available: Math.max(0, free),
    orderable: Math.max(0, Math.min(MAX_UNITS, free + allowance)),
    expectedAt: expectedAt === null ? null : new Date(expectedAt),
    backordered: sum(({ backordered }) => backordered),
    onHand: sum(({ onHand }) => onHand),
    reserved: sum(({ reserved }) => reserved),
    backorderPolicy: first?.backorderPolicy ?? null,
    backorderLimit: first?.backorderLimit ?? null,
    lowStockThreshold: first?.lowStockThreshold ?? null,
    levels: levels.map(toLevel),
  };
}
