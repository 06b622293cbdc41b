/**
 * The books, kept by double entry: whatever moves money is a transfer of two or more entries whose sum is 0. A positive
 * amount is a debit, a negative one a credit.
 *
 * | account | is | debit | credit |
 * |---|---|---|---|
 * | PROVIDER_RECEIVABLE | what the payment provider owes us | captured | refunded |
 * | CUSTOMER_PAYMENTS | what customers paid for orders | | captured |
 * | REFUNDS | what went back to customers | refunded | |
 */
export const LEDGER_ACCOUNTS = ['PROVIDER_RECEIVABLE', 'CUSTOMER_PAYMENTS', 'REFUNDS'] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** Part of a `with` list: posts the rows (transfer_id, amount, currency, order_id) of `transfers`. */
const posting = (transfers: string, debited: LedgerAccount, credited: LedgerAccount): string => `
  posted as (
    insert into ledger_entries (transfer_id, account, amount, currency, order_id)
    select t.transfer_id, side.account, side.sign * t.amount, t.currency, t.order_id
    from (${transfers}) as t, (values ('${debited}', 1), ('${credited}', -1)) as side (account, sign)
  )`;

export const postCaptures = (transfers: string): string =>
  posting(transfers, 'PROVIDER_RECEIVABLE', 'CUSTOMER_PAYMENTS');

export const postRefunds = (transfers: string): string =>
  posting(transfers, 'REFUNDS', 'PROVIDER_RECEIVABLE');
