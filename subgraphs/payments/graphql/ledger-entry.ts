import { Access } from '@waybill/kernel/graphql/access.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { LedgerAccount as Account } from '../ledger.js';
import type { LedgerEntryRow } from '../tables.js';
import { LedgerAccount } from './states.js';

@Access('STAFF')
@ObjectType({
  description: 'One side of a transfer in the books, which are kept by double entry.',
  simpleResolvers: true,
})
export class LedgerEntry {
  @Field(() => ID, {
    description: 'The transfer that it is a side of: the amounts of its entries sum to 0.',
  })
  transferId: string;

  @Field(() => LedgerAccount, { description: 'The account that it changes.' })
  account: Account;

  @Field(() => Money, { description: 'Positive for a debit, negative for a credit.' })
  amount: Money;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was entered.' })
  at: Date;
}

export function toLedgerEntry({ transferId, account, amount, currency, at }: LedgerEntryRow) {
  return { transferId, account, amount: money(amount, currency), at };
}
