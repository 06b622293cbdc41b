/** A node of what `explain (analyze, buffers, format json)` answers. */
export interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/** How a statement was carried out. */
export interface Plan {
  /** Indexes that were read, in the sequence of the plan. */
  indexes: string[];
  /** Tables that were read from their beginning to their end. */
  wholeTables: string[];
  /** Blocks of 8 kB that were looked at. */
  blocks: number;
}

export function planOf(root: PlanNode): Plan {
  const nodes = [...nodesOf(root)];
  return {
    indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
    wholeTables: nodes
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .flatMap((node) => node['Relation Name'] ?? []),
    blocks: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0),
  };
}

function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const part of node.Plans ?? []) yield* nodesOf(part);
}
