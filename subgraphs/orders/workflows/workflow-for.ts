import type { CaptureOn } from '../order.js';
import type { CurrentWorkflows } from './read-workflows.js';
import { captureOnOf } from './workflow.js';

/** What a new order of a storefront goes by: null where it is the default workflow, which says nothing of the money. */
export async function workflowFor(
  workflows: CurrentWorkflows,
  storefrontId: string,
): Promise<{ workflowId: string | null; captureOn: CaptureOn | null }> {
  const current = await workflows.of(storefrontId);
  if (!current) return { workflowId: null, captureOn: null };
  return { workflowId: current.id, captureOn: captureOnOf(current.workflow) };
}
