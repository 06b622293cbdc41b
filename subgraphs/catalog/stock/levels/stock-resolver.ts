import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Location, toLocation } from '../../locations/location.js';
import type { CatalogContext } from '../../products/context.js';
import { ProductVariant } from '../../variants/variant.js';
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
  async location(
    @Root() { locationId }: StockLevel,
    @Ctx() { locations }: CatalogContext,
  ): Promise<Location> {
    const row = await locations.load(locationId);
    if (!row) throw new Error(`there is no location ${locationId}`);
    return toLocation(row);
  }
}

function toStock(levels: ReadLevel[]): Stock {
  const sum = (units: (level: ReadLevel) => number) =>
    levels.reduce((all, level) => all + units(level), 0);
  return {
    available: sum(({ open, onHand, reserved }) => (open ? onHand - reserved : 0)),
    onHand: sum(({ onHand }) => onHand),
    reserved: sum(({ reserved }) => reserved),
    levels: levels.map(toLevel),
  };
}
