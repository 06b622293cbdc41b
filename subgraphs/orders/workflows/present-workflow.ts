import { globalId } from '@waybill/kernel/ids.js';
import type { CaptureOn } from '../order.js';
import { defaultWorkflow } from './default-workflow.js';
import { mermaid } from './mermaid.js';
import type { WorkflowRow } from './read-workflows.js';
import type { Workflow as WorkflowType } from './types.js';
import { captureOnOf, type Workflow } from './workflow.js';

export const storefrontIds = globalId('Storefront');

export function presentWorkflow({
  storefrontId,
  version,
  workflow,
  createdAt,
}: WorkflowRow): WorkflowType {
  return present(storefrontId, version, workflow, new Date(createdAt));
}

/** The workflow of a storefront that has saved none. */
export function presentDefault(storefrontId: string, captureOn: CaptureOn): WorkflowType {
  return present(storefrontId, 0, defaultWorkflow(captureOn), null);
}

function present(
  storefrontId: string,
  version: number,
  workflow: Workflow,
  createdAt: Date | null,
): WorkflowType {
  return {
    storefront: { id: storefrontIds.encode(storefrontId) },
    version,
    ...workflow,
    captureOn: captureOnOf(workflow),
    mermaid: mermaid(workflow),
    document: workflow,
    createdAt,
  };
}
