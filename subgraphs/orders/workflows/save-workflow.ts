import type { Database, Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { WORKFLOW_COLUMNS, type WorkflowRow } from './read-workflows.js';
import type { Workflow } from './workflow.js';

/**
 * Makes a workflow that was checked the one by which new orders of the storefront go. Saved as it is in force already, it
 * stays the same version.
 */
export function saveWorkflow(
  { transaction }: Pick<Database, 'transaction'>,
  { storefrontId, workflow, actor }: { storefrontId: string; workflow: Workflow; actor: string },
): Promise<WorkflowRow> {
  return transaction(async (query) => {
    const values = [storefrontId, JSON.stringify(workflow)];
    return (await unchanged(query, values)) ?? (await insert(query, [...values, newId(), actor]));
  });
}

/** The newest version where it is the same; whoever saves for this storefront meanwhile waits. */
async function unchanged(query: Query, values: string[]): Promise<WorkflowRow | undefined> {
  await query('workflows.lock', 'select pg_advisory_xact_lock(hashtext($1))', [
    `workflows ${values[0]}`,
  ]);
  const [row] = await query<WorkflowRow>(
    'workflows.unchanged',
    `select ${WORKFLOW_COLUMNS} from (
       select * from workflows where storefront_id = $1::uuid order by version desc limit 1) newest
     where document = $2::jsonb`,
    values,
  );
  return row;
}

async function insert(query: Query, values: string[]): Promise<WorkflowRow> {
  const [row] = await query<WorkflowRow>(
    'workflows.insert',
    `insert into workflows (id, storefront_id, version, document, created_by)
     select $3::uuid, $1::uuid, coalesce(max(version), 0) + 1, $2::jsonb, $4
     from workflows where storefront_id = $1::uuid
     returning ${WORKFLOW_COLUMNS}`,
    values,
  );
  return row as WorkflowRow;
}
