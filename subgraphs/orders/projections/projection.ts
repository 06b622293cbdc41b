import type { Query } from '@waybill/kernel/database.js';
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
   * Writes what follows from these events, each of which it is told of once, those of an order in their sequence. What it
   * writes is committed with the note that it was told.
   */
  project(query: Query, events: ProjectedEvent[]): Promise<void>;
}

export const PROJECTIONS: readonly Projection[] = [orderTerms];

/** Types of the events that some projection is told of; the others are not queued. */
export const PROJECTED = [...new Set(PROJECTIONS.flatMap(({ events }) => events))];
