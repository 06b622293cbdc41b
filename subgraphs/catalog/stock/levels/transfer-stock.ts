import { Access } from '@waybill/kernel/graphql/access.js';
import { Arg, Ctx, Field, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../../products/context.js';
import { once } from '../errors.js';
import { type ChangedLevels, changeLevels } from './change-levels.js';
import type { AskedChange } from './plan-changes.js';
import {
  causeOf,
  placeAt,
  presentLevels,
  refusedLevels,
  StockChangeInput,
  StockPayload,
  StockReader,
} from './stock-input.js';

@InputType({ description: 'Units of one SKU.' })
class StockTransferInput {
  @Field(() => String, { description: 'Stock keeping unit.' })
  sku: string;

  @Field(() => Int, { description: 'How many units go, at least one; none of them reserved.' })
  quantity: number;
}

@InputType({ description: 'Units that go from one location to another.' })
class TransferStockInput extends StockChangeInput {
  @Field(() => String, { description: 'Code of the location that they leave.' })
  from: string;

  @Field(() => String, { description: 'Code of the location where they go.' })
  to: string;

  @Field(() => [StockTransferInput], { description: 'What goes, at most 10,000 lines.' })
  lines: StockTransferInput[];
}

@Resolver()
export class TransferStockResolver {
  @Access('STAFF')
  @Mutation(() => StockPayload, {
    description: 'Moves units that are not reserved to another location. Staff only.',
  })
  async transferStock(
    @Arg('input', () => TransferStockInput, { description: 'What goes from where to where.' })
    input: TransferStockInput,
    @Ctx() context: CatalogContext,
  ): Promise<StockPayload> {
    const read = new StockReader();
    const note = read.note(input.note);
    if (input.from === input.to) read.sameLocation();
    const moves = read.lines(input.lines, (line, path): AskedChange[] => {
      const units = read.units(line.quantity, 1, [...path, 'quantity']);
      const at = (end: 'from' | 'to') =>
        placeAt({ sku: line.sku, location: input[end] }, path, 'quantity', [end]);
      return [
        { ...at('from'), next: (onHand) => onHand - units },
        { ...at('to'), next: (onHand) => onHand + units },
      ];
    });
    if (read.errors.length > 0) return refusedLevels(read.errors);
    const cause = causeOf(context, 'TRANSFERRED', note);
    const asked = { mutation: 'transferStock', input, nothing: { levels: [] } };
    const moved = await once<ChangedLevels>(context, asked, (db) =>
      changeLevels(db, moves.flat(), cause),
    );
    return presentLevels(moved);
  }
}
