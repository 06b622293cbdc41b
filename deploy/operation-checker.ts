import { setImmediate as breathe } from 'node:timers/promises';
import {
  type CheckOperation,
  operationChecker,
  PersistedOperationsError,
  readManifest,
} from '@waybill/gateway/index.js';
import { ACCESS } from '@waybill/kernel/graphql/access.js';
import type { CheckedOperation, OperationChecker } from '@waybill/users/index.js';
import { type ForbiddenFields, forbiddenFields } from './partner-rights.js';

/**
 * Holds operations of partners against a supergraph, as the gateway would, and against their rights. All is read when somebody first asks, and
 * other requests have their turn between two operations: planning takes milliseconds each.
 */
export function checkerOf(supergraphFile: string): OperationChecker {
  let check: CheckOperation | undefined;
  let forbidden: ForbiddenFields | undefined;
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
      forbidden ??= forbiddenFields();
      const checked: CheckedOperation[] = [];
      for (const operation of operations) {
        await breathe();
        const report = checkedBy(check, operation, maxCost);
        const isValid = report.problems.length === 0;
        checked.push(isValid ? { ...report, problems: beyondRights(forbidden, report) } : report);
      }
      return checked;
    },
  };
}

function beyondRights(forbidden: ForbiddenFields, { text }: { text: string }) {
  return forbidden(text).map(({ field, access }) => ({
    code: 'FORBIDDEN',
    message: `${field} is not for partners: ${ACCESS[access]}`,
  }));
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
