import type { Rule } from '../rule.js';
import { heldUnits } from './01-held-units.js';
import { eachUnitEndsOnce } from './02-each-unit-ends-once.js';
import { netPaid } from './03-net-paid.js';
import { calledOff } from './04-called-off.js';
import { confirmed } from './05-confirmed.js';
import { lines } from './06-lines.js';
import { events } from './07-events.js';
import { seq } from './08-seq.js';
import { oneEffect } from './09-one-effect.js';
import { prices } from './10-prices.js';
import { nothingWaits } from './11-nothing-waits.js';
import { sales } from './12-sales.js';

/** What must always hold, by the numbers of docs/order-lifecycle.md. */
export const RULES: readonly Rule[] = [
  heldUnits,
  eachUnitEndsOnce,
  netPaid,
  calledOff,
  confirmed,
  lines,
  events,
  seq,
  oneEffect,
  prices,
  nothingWaits,
  sales,
];
