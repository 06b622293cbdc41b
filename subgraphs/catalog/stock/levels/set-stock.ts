import { Access } from '@waybill/kernel/graphql/access.js';
import { Arg, Ctx, Field, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../../products/context.js';
import { once } from '../errors.js';
import { type ChangedLevels, changeLevels } from './change-levels.js';
import {
  causeOf,
  placeAt,
  presentLevels,
  refusedLevels,
  StockChangeInput,
  StockPayload,
  StockPlaceInput,
  StockReader,
} from './stock-input.js';

@InputType({ description: 'A count of one SKU at one location.' })
class StockCountInput extends StockPlaceInput {
  @Field(() => Int, { description: 'Units in the building, those reserved for orders included.' })
  onHand: number;
}

@InputType({ description: 'What was counted.' })
class SetStockInput extends StockChangeInput {
  @Field(() => [StockCountInput], { description: 'The counts, at most 10,000.' })
  lines: StockCountInput[];
}

@Resolver()
export class SetStockResolver {
  @Access('STAFF')
  @Mutation(() => StockPayload, {
    description: 'Sets the units on hand, never below what is reserved. Staff only.',
  })
  async setStock(
    @Arg('input', () => SetStockInput, { description: 'What was counted where.' })
    input: SetStockInput,
    @Ctx() context: CatalogContext,
  ): Promise<StockPayload> {
    const read = new StockReader();
    const note = read.note(input.note);
    const counts = read.lines(input.lines, (line, path) => {
      const onHand = read.units(line.onHand, 0, [...path, 'onHand']);
      return { ...placeAt(line, path, 'onHand'), next: () => onHand };
    });
    if (read.errors.length > 0) return refusedLevels(read.errors);
    const cause = causeOf(context, 'SET', note);
    const asked = { mutation: 'setStock', input, nothing: { levels: [] } };
    const set = await once<ChangedLevels>(context, asked, (db) => changeLevels(db, counts, cause));
    return presentLevels(set);
  }
}
