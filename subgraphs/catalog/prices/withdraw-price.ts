import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf, type Identity, isWithin } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { PriceErrorCode as Code, once, type PriceError, PriceUserError } from './errors.js';
import { priceIds, toPrice, VariantPrice } from './price.js';
import { WithdrawPriceInput } from './price-input.js';
import { PRICE_COLUMNS, type PriceRow } from './price-row.js';

@ObjectType({ description: 'The withdrawn price, or why it stays.', simpleResolvers: true })
export class WithdrawPricePayload {
  @Field(() => VariantPrice, {
    nullable: true,
    description: 'The price that will not come into force.',
  })
  price: VariantPrice | null;

  @Field(() => [PriceUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: PriceError[];
}

interface Withdrawn {
  price: PriceRow | null;
  errors: PriceError[];
}

@Resolver()
export class WithdrawPriceResolver {
  @Access('STAFF')
  @Mutation(() => WithdrawPricePayload, {
    description: 'Withdraws a price that has not come into force. Staff only.',
  })
  async withdrawPrice(
    @Arg('input', () => WithdrawPriceInput, { description: 'Which price.' })
    input: WithdrawPriceInput,
    @Ctx() context: CatalogContext,
  ): Promise<WithdrawPricePayload> {
    const asked = { mutation: 'withdrawPrice', input, nothing: { price: null } };
    const { price, errors } = await once<Withdrawn>(context, asked, (db) =>
      db.transaction((query) => withdraw(query, input.priceId, context.identity)),
    );
    return { price: price && toPrice(price), userErrors: errors };
  }
}

async function withdraw(query: Query, priceId: string, identity: Identity): Promise<Withdrawn> {
  const id = priceIds.decode(priceId);
  const found = id === undefined ? undefined : await lock(query, id);
  if (!found || found.isWithdrawn || !isWithin(identity, found.storefrontId)) {
    return refused(Code.NOT_FOUND, 'There is no such price.');
  }
  if (found.isInForce) return refused(Code.ALREADY_IN_FORCE, 'This price has come into force.');
  const [price] = await query<PriceRow>(
    'prices.withdraw',
    `update prices set withdrawn_by = $2, withdrawn_at = now() where id = $1 returning ${PRICE_COLUMNS}`,
    [found.id, actorOf(identity)],
  );
  return { price: price ?? null, errors: [] };
}

const refused = (code: Code, message: string): Withdrawn => ({
  price: null,
  errors: [userError(code, message, ['priceId'])],
});

interface FoundPrice {
  id: string;
  storefrontId: string;
  isInForce: boolean;
  isWithdrawn: boolean;
}

/** In force counts as of now, not as of the beginning of the transaction. */
async function lock(query: Query, id: string): Promise<FoundPrice | undefined> {
  const [found] = await query<FoundPrice>(
    'prices.lock',
    `select id, storefront_id as "storefrontId", valid_from <= clock_timestamp() as "isInForce",
            withdrawn_at is not null as "isWithdrawn"
     from prices where id = $1 for no key update`,
    [id],
  );
  return found;
}
