import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { UsersContext } from '../context.js';
import { Partner } from '../partners/partner.js';
import {
  OPERATION_COLUMNS,
  type OperationRow,
  OperationState,
  RegisteredOperation,
  toOperation,
} from './registered-operation.js';

/** Operations that are shown of one partner. */
const SHOWN = 2_000;

@Resolver(() => Partner)
export class PartnerOperationsResolver {
  @FieldResolver(() => [RegisteredOperation], {
    description: `The operations that it has registered, by name: at most ${SHOWN}.`,
  })
  async operations(
    @Root() { uuid }: Partner,
    @Ctx() ctx: UsersContext,
    @Arg('state', () => OperationState, {
      nullable: true,
      description: 'Only those in this state.',
    })
    state?: OperationState | null,
  ): Promise<RegisteredOperation[]> {
    const rows = await ctx.accounts.db.query<OperationRow>(
      'operations.ofPartner',
      `select ${OPERATION_COLUMNS} from registered_operations
       where partner_id = $1 and ($2::text is null or state = $2) order by name, id limit $3`,
      [uuid, state ?? null, SHOWN],
    );
    return rows.map(toOperation);
  }
}
