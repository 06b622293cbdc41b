import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { priceIds } from '../prices/price.js';
import type { QuoteLineRow, QuoteRow } from './quote-row.js';

export const quoteIds = globalId('Quote');
export const ownerIds = { user: globalId('User'), partner: globalId('Partner') };

@Access('OWNER')
@ObjectType({ description: 'One line of a quote.', simpleResolvers: true })
export class QuoteLine {
  @Field(() => Int, { description: 'Names the line within its quote, from 1.' })
  lineNumber: number;

  @Field(() => String, { description: 'SKU of the goods.' })
  sku: string;

  @Field(() => String, { description: 'What they are called today.' })
  title: string;

  @Field(() => Int, { description: 'Units.' })
  quantity: number;

  @Field(() => Money, { description: 'Price of one unit.' })
  unitPrice: Money;

  @Field(() => ID, {
    nullable: true,
    description: 'The `VariantPrice` that it is bound to; null where another price was named.',
  })
  priceId: string | null;

  @Field(() => Money, { description: 'Quantity times unit price.' })
  total: Money;
}

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'Prices that are kept for somebody until a time: `placeOrder` takes exactly these.',
  simpleResolvers: true,
})
export class Quote {
  @Field(() => ID, { description: 'Identifies the quote everywhere.' })
  id: string;

  @Field(() => ID, { description: 'Whose it is: the id of a user or a partner.' })
  ownerId: string;

  @Field(() => [QuoteLine], { description: 'What it offers.' })
  lines: QuoteLine[];

  @Field(() => Money, { description: 'What all of it costs.' })
  total: Money;

  @Field(() => String, { nullable: true, description: 'Why it has prices of its own.' })
  reason: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when it can be placed.' })
  expiresAt: Date;

  @Field(() => Boolean, { description: 'Whether that time has come.' })
  hasExpired: boolean;

  @Access('STAFF')
  @Field(() => String, { nullable: true, description: 'Who made it: "user:<id>". Staff only.' })
  createdBy: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt: Date;

  /** A bare key, for resolvers; not part of the API. */
  storefrontUuid: string;
}

export const QuoteConnection = connectionOf('Quote', () => Quote);

export function toQuote(row: QuoteRow): Quote {
  const total = row.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  return {
    storefrontUuid: row.storefrontId,
    id: quoteIds.encode(row.id),
    ownerId: ownerIds[row.ownerKind].encode(row.ownerId),
    lines: row.lines.map((line) => toLine(line, row.currency)),
    total: money(total, row.currency),
    reason: row.reason,
    expiresAt: new Date(row.expiresAt),
    hasExpired: row.hasExpired,
    createdBy: row.createdBy,
    createdAt: new Date(row.createdAt),
  };
}

function toLine(row: QuoteLineRow, currency: string): QuoteLine {
  return {
    lineNumber: row.lineNumber,
    sku: row.sku,
    title: row.title,
    quantity: row.quantity,
    unitPrice: money(row.unitPrice, currency),
    priceId: row.isOwn ? null : priceIds.encode(row.priceId),
    total: money(row.quantity * row.unitPrice, currency),
  };
}
