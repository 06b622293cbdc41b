import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { isWithin } from '@waybill/kernel/identity.js';
import { Arg, Args, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { presentDefault, presentWorkflow, storefrontIds } from './present-workflow.js';
import { WORKFLOW_COLUMNS, type WorkflowRow } from './read-workflows.js';
import { Workflow, WorkflowConnection } from './types.js';

const STOREFRONT = { description: 'Whose.' };

@Resolver()
export class WorkflowQueries {
  @Access('STAFF')
  @Query(() => Workflow, {
    nullable: true,
    description:
      'How the orders of a storefront go: the version in force, or an earlier one. Null where there is none that you may see. Staff only.',
  })
  async workflow(
    @Arg('storefrontId', () => ID, STOREFRONT) id: string,
    @Arg('version', () => Int, { nullable: true, description: 'Which; 0 is the default one.' })
    version: number | null | undefined,
    @Ctx() context: OrdersContext,
  ): Promise<Workflow | null> {
    const storefront = await visibleStorefront(id, context);
    if (!storefront) return null;
    const { captureOn } = storefront;
    if (version === 0) return presentDefault(storefront.id, captureOn);
    const [row] = await context.db.query<WorkflowRow>(
      'workflows.version',
      `select ${WORKFLOW_COLUMNS} from workflows
       where storefront_id = $1 and ($2::int is null or version = $2) order by version desc limit 1`,
      [storefront.id, version ?? null],
    );
    if (row) return presentWorkflow(row);
    return version == null ? presentDefault(storefront.id, captureOn) : null;
  }

  @Access('STAFF')
  @Query(() => WorkflowConnection, {
    description: 'All versions that were saved for a storefront, the newest first. Staff only.',
  })
  async workflows(
    @Arg('storefrontId', () => ID, STOREFRONT) id: string,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Ctx() context: OrdersContext,
  ): Promise<Connection<Workflow>> {
    const page = pageRequest(first, after);
    const storefront = await visibleStorefront(id, context);
    const before = page.after === undefined ? null : Number(page.after);
    const rows = storefront
      ? await context.db.query<WorkflowRow>(
          'workflows.list',
          `select ${WORKFLOW_COLUMNS} from workflows
           where storefront_id = $1 and ($2::int is null or version < $2) order by version desc limit $3`,
          [storefront.id, Number.isInteger(before) ? before : null, page.limit],
        )
      : [];
    return toConnection(rows, page, ({ version }) => String(version), presentWorkflow);
  }
}

/** A storefront that there is and that is the asker's, with when its orders are paid by default. */
async function visibleStorefront(id: string, { identity, commands, captureOn }: OrdersContext) {
  const storefrontId = storefrontIds.decode(id);
  if (!storefrontId || !isWithin(identity, storefrontId)) return undefined;
  const storefront = await commands.catalog.describeStorefront({ storefrontId });
  return storefront && { id: storefrontId, captureOn: storefront.captureOn ?? captureOn };
}
