import type { Chance } from './chance.js';

/** What is to happen to one order, drawn before the run begins. */
export interface Life {
  /** Names the order in the run, from 1. */
  number: number;
  /** Milliseconds after the beginning at which it is placed. */
  startsAt: number;
  card: string;
  sku: string;
  quantity: number;
  /** Staff place it for a guest, instead of the customer. */
  byStaff: boolean;
  /** Asked for once more, although there was an answer. */
  askedTwice: boolean;
  afterwards:
    | 'nothing'
    | 'cancel at once'
    | 'cancel when confirmed'
    | 'ship'
    | 'ship and refund'
    | 'ship and return';
}

/** Plenty of the first ones; the last is scarce. */
export const PRODUCTS = [
  { sku: 'FAULTS-A', onHand: 100_000 },
  { sku: 'FAULTS-B', onHand: 100_000 },
  { sku: 'FAULTS-C', onHand: 100_000 },
  { sku: 'FAULTS-SCARCE', onHand: 20 },
] as const;

export const REFUSES_REFUNDS = 'pm_card_refund_fails';

type Share<T> = readonly [percent: number, what: T];

const CARDS: ReadonlyArray<Share<string>> = [
  [52, 'pm_card_approve'],
  [8, 'pm_card_decline'],
  [10, 'pm_card_insufficient_funds'],
  [12, 'pm_card_settle_late'],
  [10, 'pm_card_timeout_once'],
  [4, 'pm_card_capture_fails'],
  [4, REFUSES_REFUNDS],
];

const AFTERWARDS: ReadonlyArray<Share<Life['afterwards']>> = [
  [35, 'nothing'],
  [10, 'cancel at once'],
  [10, 'cancel when confirmed'],
  [20, 'ship'],
  [10, 'ship and refund'],
  [15, 'ship and return'],
];

/** The order with this number, of `orders` that are spread over `milliseconds`. */
export function planLife(
  number: number,
  { orders, milliseconds }: { orders: number; milliseconds: number },
  chance: Chance,
): Life {
  const scarce = chance.percent(5);
  const card = drawn(CARDS, chance);
  return {
    number,
    startsAt: Math.floor(((number - 1) / orders) * milliseconds),
    card,
    sku: PRODUCTS[scarce ? 3 : chance.between(0, 2)]?.sku ?? '',
    quantity: chance.between(1, 4),
    byStaff: chance.percent(50),
    askedTwice: chance.percent(15),
    // Called off, it would wait for staff to give the money back, and rightly so.
    afterwards: card === REFUSES_REFUNDS ? 'ship and refund' : drawn(AFTERWARDS, chance),
  };
}

function drawn<T>(shares: ReadonlyArray<Share<T>>, chance: Chance): T {
  const mark = chance.between(1, 100);
  let passed = 0;
  for (const [percent, what] of shares) {
    passed += percent;
    if (mark <= passed) return what;
  }
  throw new Error('the shares come to less than 100 percent');
}
