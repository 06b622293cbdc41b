import type { Query } from '@waybill/kernel/database.js';
import type { OrdersDependencies } from '../dependencies.js';
import { placedQuotes } from '../reports/placed-quotes.js';
import { sales } from '../reports/project-sales.js';
import { orderTerms } from './order-terms.js';

/** Something that happened to an order, as a read model is told of it. */
export interface ProjectedEvent {
  orderId: string;
  /** Its place in the order's history. */
  seq: number;
  type: string;
}

/** Keeps tables that are only read from, by what happens to orders. */
export interface Projection {
  /** Names it in the table: rows that are for it alone say so. */
  name: string;
  /** Types of the events that it is told of. */
  events: readonly string[];
  /**
   * Asks other contexts what it needs to know, or tells them, before and outside of the transaction; it may happen more
   * than once. What cannot be asked now holds up everything until it can be.
   */
  prepare?(
    dependencies: Pick<OrdersDependencies, 'db' | 'commands'>,
    events: ProjectedEvent[],
  ): Promise<void>;
  /**
   * Writes what follows from these events, each of which it is told of once, those of an order in their sequence. What it
   * writes is committed with the note that it was told.
   */
  project(query: Query, events: ProjectedEvent[]): Promise<void>;
}

export const PROJECTIONS: readonly Projection[] = [orderTerms, sales, placedQuotes];

/** Types of the events that some projection is told of; the others are not queued. */
export const PROJECTED = [...new Set(PROJECTIONS.flatMap(({ events }) => events))];
