import type { Awaitable } from '../data-sources/data-source.js';
import type { CompiledNode } from '../planning/compiled-plan.js';
import type { Execution, Run } from './run.js';
import { runFetch } from './run-fetch.js';

/** Runs a node, at once where no fetch has to be waited for; never fails, for what does becomes an error of the run. */
export function runNode(execution: Execution, node: CompiledNode, run: Run): Awaitable<void> {
  switch (node.kind) {
    case 'Fetch':
      return runFetch(execution, node, run);
    case 'Sequence':
      return runInTurn(execution, node.nodes, run);
    case 'Parallel':
      return runTogether(execution, node.nodes, run);
    case 'Condition': {
      const branch = run.coerced[node.variable] === true ? node.ifTrue : node.ifFalse;
      return branch && runNode(execution, branch, run);
    }
  }
}

async function runInTurn(execution: Execution, nodes: readonly CompiledNode[], run: Run) {
  for (const node of nodes) await runNode(execution, node, run);
}

async function runTogether(execution: Execution, nodes: readonly CompiledNode[], run: Run) {
  await Promise.all(nodes.map((node) => runNode(execution, node, run)));
}
