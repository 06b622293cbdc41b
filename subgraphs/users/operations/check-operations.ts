import type { OperationKind } from './registered-operation.js';

/** An operation of a manifest, held against the schema and against what the partner may ask for. */
export interface CheckedOperation {
  id: string;
  text: string;
  /** Null, like kind and cost, where that cannot be told. */
  name: string | null;
  kind: `${OperationKind}` | null;
  /** Units of cost when variables have their defaults. */
  cost: number | null;
  /** What is wrong with it; codes as the gateway answers them. */
  problems: ReadonlyArray<{ code: string; message: string }>;
}

/** Knows no schema, so that nothing can be registered. */
export const NO_CHECKER: OperationChecker = {
  read: () => undefined,
  check: () => Promise.reject(new Error('nobody here knows the whole schema')),
};

/** Who knows the whole schema: this context knows its own part alone. */
export interface OperationChecker {
  /** The operations in a manifest of any of the known formats; undefined where it is in none of them. */
  read(manifest: object): Array<{ id: string; text: string }> | undefined;
  check(
    operations: ReadonlyArray<{ id: string; text: string }>,
    maxCost: number,
  ): Promise<CheckedOperation[]>;
}
