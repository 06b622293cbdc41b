import type { PreparedOperation, SubgraphRequest } from '../data-sources/data-source.js';
import type { RequestContext } from '../request.js';
import type { DataObject } from './data.js';
import type { Representations } from './representations.js';

/**
 * Asks a subgraph about entities: one that takes JSON never has objects made for it. A class, for a getter in an object
 * literal would give each request a hidden class of its own, and with it stay in memory.
 */
export class EntityRequest implements SubgraphRequest {
  constructor(
    readonly operation: PreparedOperation,
    private readonly others: DataObject,
    private readonly representations: Representations,
    readonly context: RequestContext,
    readonly deadline: number,
  ) {}

  get variables(): Record<string, unknown> {
    return { ...this.others, representations: this.representations.values };
  }

  variablesText(): string {
    const others = JSON.stringify(this.others);
    const start = others === '{}' ? '{' : `${others.slice(0, -1)},`;
    return `${start}"representations":${this.representations.text}}`;
  }
}
