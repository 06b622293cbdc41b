import type { CompiledNode } from '../planning/compiled-plan.js';
import type { Execution, Run } from './run.js';
import { runFetch } from './run-fetch.js';

/** Runs a node; never rejects, for whatever fails becomes an error of the run. */
export async function runNode(execution: Execution, node: CompiledNode, run: Run): Promise<void> {
  switch (node.kind) {
    case 'Fetch':
      return runFetch(execution, node, run);
    case 'Sequence':
      for (const child of node.nodes) await runNode(execution, child, run);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((child) => runNode(execution, child, run)));
      return;
    case 'Condition': {
      const branch = run.coerced[node.variable] === true ? node.ifTrue : node.ifFalse;
      if (branch) await runNode(execution, branch, run);
    }
  }
}
