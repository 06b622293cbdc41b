import { setImmediate as breathe } from 'node:timers/promises';
import {
  type CheckOperation,
  operationChecker,
  PersistedOperationsError,
  readManifest,
} from '@waybill/gateway/index.js';
import type { CheckedOperation, OperationChecker } from '@waybill/users/index.js';

/**
 * Holds operations of partners against a supergraph, as the gateway would. It is read when somebody first asks, and
 * other requests have their turn between two operations: planning takes milliseconds each.
 */
export function checkerOf(supergraphFile: string): OperationChecker {
  let check: CheckOperation | undefined;
  return {
    read: (manifest) => {
      try {
        return readManifest(manifest);
      } catch (error) {
        if (error instanceof PersistedOperationsError) return undefined;
        throw error;
      }
    },
    check: async (operations, maxCost) => {
      check ??= operationChecker({ supergraphFile });
      const checked: CheckedOperation[] = [];
      for (const operation of operations) {
        await breathe();
        checked.push(checkedBy(check, operation, maxCost));
      }
      return checked;
    },
  };
}

const KINDS = { query: 'QUERY', mutation: 'MUTATION', subscription: 'SUBSCRIPTION' } as const;

function checkedBy(
  check: CheckOperation,
  { id, text }: { id: string; text: string },
  maxCost: number,
): CheckedOperation {
  const { name = null, kind, cost = null, problems } = check(text, { maxCost });
  return { id, text, name, kind: kind ? KINDS[kind] : null, cost, problems };
}
