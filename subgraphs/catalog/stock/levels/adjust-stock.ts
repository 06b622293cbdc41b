import { Access } from '@waybill/kernel/graphql/access.js';
import {
  Arg,
  Ctx,
  Field,
  InputType,
  Int,
  Mutation,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import type { CatalogContext } from '../../products/context.js';
import { once } from '../errors.js';
import { type ChangedLevels, changeLevels } from './change-levels.js';
import { MAX_UNITS } from './plan-changes.js';
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

export enum StockAdjustmentReason {
  RECEIVED = 'RECEIVED',
  DAMAGED = 'DAMAGED',
  LOST = 'LOST',
  FOUND = 'FOUND',
  CORRECTED = 'CORRECTED',
}

registerEnumType(StockAdjustmentReason, {
  name: 'StockAdjustmentReason',
  description: 'Why there are more or fewer units than before.',
  valuesConfig: {
    RECEIVED: { description: 'They came in.' },
    DAMAGED: { description: 'They cannot be sold any more.' },
    LOST: { description: 'They are not where they should be.' },
    FOUND: { description: 'They turned up.' },
    CORRECTED: { description: 'What was written down before was wrong.' },
  },
});

@InputType({ description: 'More or fewer units of one SKU at one location.' })
class StockAdjustmentInput extends StockPlaceInput {
  @Field(() => Int, { description: 'How many more; below 0, how many fewer.' })
  delta: number;
}

@InputType({ description: 'What came in or went missing.' })
class AdjustStockInput extends StockChangeInput {
  @Field(() => [StockAdjustmentInput], { description: 'The adjustments, at most 10,000.' })
  lines: StockAdjustmentInput[];

  @Field(() => StockAdjustmentReason, { description: 'Why.' })
  reason: StockAdjustmentReason;
}

@Resolver()
export class AdjustStockResolver {
  @Access('STAFF')
  @Mutation(() => StockPayload, {
    description: 'Adds units, or takes some away that are not reserved. Staff only.',
  })
  async adjustStock(
    @Arg('input', () => AdjustStockInput, { description: 'What changed where, and why.' })
    input: AdjustStockInput,
    @Ctx() context: CatalogContext,
  ): Promise<StockPayload> {
    const read = new StockReader();
    const note = read.note(input.note);
    const adjustments = read.lines(input.lines, (line, path) => {
      const delta = read.units(line.delta, -MAX_UNITS, [...path, 'delta']);
      return { ...placeAt(line, path, 'delta'), next: (onHand: number) => onHand + delta };
    });
    if (read.errors.length > 0) return refusedLevels(read.errors);
    const cause = causeOf(context, input.reason, note);
    const asked = { mutation: 'adjustStock', input, nothing: { levels: [] } };
    const adjusted = await once<ChangedLevels>(context, asked, (db) =>
      changeLevels(db, adjustments, cause),
    );
    return presentLevels(adjusted);
  }
}
