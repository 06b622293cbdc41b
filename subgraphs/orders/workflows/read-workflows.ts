import { batched } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import type { Workflow, WorkflowVersion } from './workflow.js';

/** A version as the table holds it. */
export interface WorkflowRow extends WorkflowVersion {
  /** Bare id. */
  storefrontId: string;
  createdBy: string;
  createdAt: string;
}

/** The columns of a WorkflowRow. */
export const WORKFLOW_COLUMNS = `id, storefront_id as "storefrontId", version, document as workflow,
  created_by as "createdBy", created_at as "createdAt"`;

/** Versions that a process keeps in memory; those it has not met lately are read again. */
const KEPT = 500;

/** Versions never change and their ids are unique, so each is read once. */
const known = new Map<string, Workflow>();

/** Workflows by the ids of their versions. */
export async function workflowsById(
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Workflow>> {
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0) {
    const rows = await query<{ id: string; workflow: Workflow }>(
      'workflows.by-id',
      'select id, document as workflow from workflows where id = any($1::uuid[])',
      [missing],
    );
    for (const { id, workflow } of rows) known.set(id, workflow);
  }
  const found = new Map(ids.map((id) => [id, known.get(id) as Workflow]));
  for (const id of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(id);
  }
  return found;
}

/** Milliseconds after which another process's version counts here, too. */
const CURRENT_FOR_MS = 1000;

/** The workflows by which new orders go. */
export interface CurrentWorkflows {
  /** The version in force in a storefront; undefined where the default one is. At most a second old. */
  of(storefrontId: string): Promise<WorkflowVersion | undefined>;
  /** A version was saved here: the next order goes by it. */
  changed(storefrontId: string): void;
}

export function currentWorkflows(query: Query): CurrentWorkflows {
  const kept = new Map<string, { until: number; version: Promise<WorkflowVersion | undefined> }>();
  const read = batched((storefrontIds: string[]) => newestVersions(query, storefrontIds));
  return {
    of(storefrontId) {
      const found = kept.get(storefrontId);
      if (found && found.until > Date.now()) return found.version;
      const version = read(storefrontId);
      kept.set(storefrontId, { until: Date.now() + CURRENT_FOR_MS, version });
      version.catch(() => kept.delete(storefrontId));
      return version;
    },
    changed: (storefrontId) => void kept.delete(storefrontId),
  };
}

async function newestVersions(
  query: Query,
  storefrontIds: string[],
): Promise<Array<WorkflowVersion | undefined>> {
  const rows = await query<WorkflowRow>(
    'workflows.newest',
    `select w.* from unnest($1::uuid[]) as s (id), lateral (
       select ${WORKFLOW_COLUMNS} from workflows where storefront_id = s.id
       order by version desc limit 1) w`,
    [[...new Set(storefrontIds)]],
  );
  const newest = new Map(rows.map((row) => [row.storefrontId, row]));
  return storefrontIds.map((id) => newest.get(id));
}
