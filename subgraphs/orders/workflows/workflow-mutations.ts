import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { isWithin } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { actorOf } from '../access.js';
import type { OrdersContext } from '../context.js';
import { checkWorkflow } from './check-workflow.js';
import { asInput, oncePer, type WorkflowErrorCode, WorkflowUserError } from './errors.js';
import { presentWorkflow, storefrontIds } from './present-workflow.js';
import type { WorkflowRow } from './read-workflows.js';
import { saveWorkflow } from './save-workflow.js';
import { Workflow, WorkflowInput } from './types.js';
import { workflowOf } from './workflow-of.js';

@InputType({ description: 'A workflow for a storefront.' })
class SaveWorkflowInput {
  @Field(() => ID, { description: 'Whose orders are to go by it.' })
  storefrontId: string;

  @Field(() => WorkflowInput, { description: 'All of it.' })
  workflow: WorkflowInput;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it is only looked at: what is wrong is told, and nothing saved.',
  })
  dryRun: boolean;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({
  description: 'The workflow that was saved, or what is wrong with it.',
  simpleResolvers: true,
})
class SaveWorkflowPayload {
  @Field(() => Workflow, {
    nullable: true,
    description: 'The version by which new orders go; null where none was saved.',
  })
  workflow: Workflow | null;

  @Field(() => [WorkflowUserError], { description: 'What is wrong; empty where nothing is.' })
  userErrors: WorkflowUserError[];
}

interface Saved {
  row: WorkflowRow | null;
  errors: Array<UserError<WorkflowErrorCode>>;
}

@Resolver()
export class WorkflowMutations {
  @Access('MANAGER')
  @Mutation(() => SaveWorkflowPayload, {
    description:
      'Makes a workflow the one by which the later orders of a storefront go; those that are there keep theirs. For managers.',
  })
  async saveWorkflow(
    @Arg('input', () => SaveWorkflowInput, { description: 'Which storefront, and the workflow.' })
    input: SaveWorkflowInput,
    @Ctx() context: OrdersContext,
  ): Promise<SaveWorkflowPayload> {
    const { commands, identity, workflows } = context;
    const storefrontId = storefrontIds.decode(input.storefrontId);
    const isTheirs =
      storefrontId !== undefined &&
      isWithin(identity, storefrontId) &&
      (await commands.catalog.describeStorefront({ storefrontId })) !== null;
    if (!isTheirs) return { workflow: null, userErrors: [UNKNOWN_STOREFRONT] };
    const read = workflowOf(input.workflow);
    if ('errors' in read) return { workflow: null, userErrors: read.errors };
    const checked = checkWorkflow(read.workflow);
    if ('problems' in checked) return { workflow: null, userErrors: checked.problems.map(asInput) };
    if (input.dryRun) return { workflow: null, userErrors: [] };
    const asked = { mutation: 'saveWorkflow', input, nothing: { row: null } };
    const saving = { storefrontId, workflow: checked.workflow, actor: actorOf(identity) };
    const { row, errors } = await oncePer<Saved>(context, asked, async (db) => ({
      row: await saveWorkflow(db, saving),
      errors: [],
    }));
    workflows.changed(storefrontId);
    const userErrors = errors.map((error) => ({ ...error, path: [] }));
    return { workflow: row && presentWorkflow(row), userErrors };
  }
}

const UNKNOWN_STOREFRONT: WorkflowUserError = {
  code: 'UNKNOWN_STOREFRONT',
  message: 'There is no such storefront, or it is not yours.',
  field: ['storefrontId'],
  path: [],
};
