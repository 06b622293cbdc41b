import type { Fault } from './fault.js';
import { HISTORY } from './history.js';
import { MONEY } from './money.js';
import { SALES } from './sales.js';
import { STOCK } from './stock.js';

/** What faults in the system would leave behind. */
export const FAULTS: readonly Fault[] = [...STOCK, ...MONEY, ...HISTORY, ...SALES];
