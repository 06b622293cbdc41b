import { Access } from '@waybill/kernel/graphql/access.js';
import { money } from '@waybill/kernel/graphql/money.js';
import { accountOf } from '@waybill/kernel/identity.js';
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { isOwn } from '../../access.js';
import type { OrdersContext } from '../../context.js';
import { account } from '../../graphql/account.js';
import { User } from '../../graphql/entities.js';
import { Order, OrderEvent } from '../../graphql/order-types.js';
import { guestOrderUpdates } from '../../order-updates.js';
import { quoteItems } from '../../place-order.js';
import { bareStorefront, presentEvent, presentOrder } from '../../present.js';
import { storefrontFor } from '../../storefront-for.js';
import type { OrderEventRow } from '../../tables.js';
import { openByToken } from '../guest-token.js';
import { type DraftQuote as Quote, quoteDraft } from '../quote-draft.js';
import { DraftQuote } from './draft-types.js';

const STOREFRONT = {
  nullable: true,
  description: 'Which storefront; absent: the only one you work for, or the main one.',
};

const TOKEN = { description: 'As `createDraft` answered it.' };

@Resolver(() => Order)
export class DraftQueries {
  @Access('SIGNED_IN')
  @Query(() => Order, {
    nullable: true,
    description: 'Your open cart in a storefront; null until something is put into it.',
  })
  async cart(
    @Ctx() { identity, loaders }: OrdersContext,
    @Arg('storefrontId', () => ID, STOREFRONT) named: string | null,
  ): Promise<Order | null> {
    const userId = accountOf(account(identity));
    const storefrontId = storefrontFor(identity, bareStorefront(named));
    const id = storefrontId && (await loaders.cart.load({ userId, storefrontId }));
    const row = id ? await loaders.order.load(id) : null;
    return row && presentOrder(row);
  }

  @Access('ANYONE')
  @Query(() => Order, {
    nullable: true,
    description: 'The draft, or the order, that a token opens; null where it opens none.',
  })
  async guestOrder(
    @Arg('token', () => String, TOKEN) token: string,
    @Ctx() context: OrdersContext,
  ): Promise<Order | null> {
    const id = await openByToken(context, token);
    const row = id ? await context.loaders.order.load(id) : null;
    return row && presentOrder(row);
  }

  @Access('ANYONE')
  @Subscription(() => OrderEvent, {
    description: 'As `orderUpdates`, for whoever has the token of an order.',
    subscribe: ({ args, context }) =>
      guestOrderUpdates(context, args.token, args.afterSeq) as never,
  })
  guestOrderUpdates(
    @Arg('token', () => String, TOKEN) _token: string,
    @Arg('afterSeq', () => Int, {
      defaultValue: 0,
      description: 'The last seq already seen; 0 for all.',
    })
    _afterSeq: number,
    @Root() event: OrderEventRow,
    @Ctx() { identity }: OrdersContext,
  ): Omit<OrderEvent, 'order'> {
    return presentEvent(event, identity);
  }

  @FieldResolver(() => DraftQuote, {
    nullable: true,
    description: 'What a draft costs now, asked of the catalog; null once it is a draft no more.',
  })
  async quote(
    @Root() { row }: Order,
    @Ctx() { commands, loaders }: OrdersContext,
  ): Promise<DraftQuote | null> {
    if (row.status !== 'DRAFT') return null;
    const lines = await loaders.lines.load(row.id);
    const goods = lines.filter(({ kind }) => kind === 'PRODUCT');
    const quotes = await quoteItems(commands, row.storefrontId, goods);
    const quote = quoteDraft(lines, row.currency, quotes?.items ?? new Map());
    return presentQuote(quote, row.currency);
  }
}

@Resolver(() => User)
export class CartOfUser {
  @FieldResolver(() => Order, {
    nullable: true,
    description: 'Their open cart in a storefront, for themselves and for staff.',
  })
  async cart(
    @Root() { uuid }: User,
    @Ctx() { identity, loaders }: OrdersContext,
    @Arg('storefrontId', () => ID, STOREFRONT) named: string | null,
  ): Promise<Order | null> {
    const storefrontId = storefrontFor(identity, bareStorefront(named));
    if (!uuid || !storefrontId || !isOwn(identity, uuid)) return null;
    const id = await loaders.cart.load({ userId: uuid, storefrontId });
    const row = id ? await loaders.order.load(id) : null;
    return row && presentOrder(row);
  }
}

function presentQuote({ lines, total, isPlaceable }: Quote, currency: string): DraftQuote {
  return {
    total: money(total, currency),
    isPlaceable,
    lines: lines.map(({ line, priceChanged, sellable, available }) => ({
      lineNumber: line.lineNumber,
      sku: line.sku,
      unitPrice: sellable ? money(line.unitPrice, currency) : null,
      priceChanged,
      sellable,
      available,
    })),
  };
}
