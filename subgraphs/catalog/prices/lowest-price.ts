/** A price and since when it was in force. */
export interface PastPrice {
  /** Minor units. */
  amount: number;
  currency: string;
  validFrom: Date;
}

const DAYS_30 = 30 * 24 * 60 * 60 * 1000;

/**
 * The prior price that an announcement of a reduction has to name: the lowest that was in force in the 30 days before
 * today's price came into force (Directive 98/6/EC, article 6a, which Directive (EU) 2019/2161 added). `prices` are those
 * that have come into force, the newest first. Undefined where today's price is no reduction: what was in force just
 * before it cost no more.
 */
export function lowestPrice30Days(prices: readonly PastPrice[]): number | undefined {
  const [today] = prices;
  if (!today) return undefined;
  const first = prices.findIndex(
    ({ amount, currency }) => amount !== today.amount || currency !== today.currency,
  );
  const before = prices[first];
  const since = prices[first - 1]?.validFrom;
  if (!before || !since || before.currency !== today.currency || before.amount <= today.amount) {
    return undefined;
  }
  return lowestOf30Days(prices.slice(first), since.getTime());
}

/** A price counts where it was in force for any part of the 30 days before `end`, also one that began earlier. */
function lowestOf30Days(prices: readonly PastPrice[], end: number): number {
  const ended = [end, ...prices.map(({ validFrom }) => validFrom.getTime())];
  const [latest] = prices;
  const amounts = prices
    .filter((price, i) => price.currency === latest?.currency && (ended[i] ?? 0) > end - DAYS_30)
    .map(({ amount }) => amount);
  return Math.min(...amounts);
}
