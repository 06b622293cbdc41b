import type { Query as Sql } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { isStorable } from '@waybill/kernel/storable.js';
import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Args, Ctx, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import type { UsersContext } from '../context.js';
import { newestFirst } from '../newest-first.js';
import { AuditAction } from './audit-action.js';

const entryIds = globalId('AuditEntry');

@Access('ADMIN')
@ObjectType({
  description: 'One thing that somebody did, on record for good.',
  simpleResolvers: true,
})
class AuditEntry {
  @Field(() => ID, { description: 'Identifies the entry.' })
  id: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it happened.' })
  at: Date;

  @Field(() => String, {
    description: 'Who did it: user:<uuid>, partner:<uuid>, service:<name> or anonymous.',
  })
  actor: string;

  @Field(() => AuditAction, { description: 'What was done.' })
  action: AuditAction;

  @Field(() => String, { description: 'Id of what it was done to.' })
  subject: string;

  @Field(() => String, { nullable: true, description: 'Where the request came from, if known.' })
  address: string | null;

  @Field(() => GraphQLJSONObject, { description: 'What else is known of it; never a secret.' })
  data: Record<string, unknown>;
}

const AuditEntryConnection = connectionOf('AuditEntry', () => AuditEntry);

@InputType({ description: 'Which entries of the audit log; all where nothing is said.' })
class AuditLogFilter {
  @Field(() => String, { nullable: true, description: 'Only what this actor did.' })
  actor?: string | null;

  @Field(() => AuditAction, { nullable: true, description: 'Only this kind of action.' })
  action?: AuditAction | null;

  @Field(() => String, { nullable: true, description: 'Only what was done to this.' })
  subject?: string | null;
}

@Resolver()
export class AuditLogQuery {
  @Access('ADMIN')
  @Query(() => AuditEntryConnection, {
    description:
      'Sign-ins, changes of roles and keys, approvals: the newest first. For administrators.',
  })
  async auditLog(
    @Ctx() ctx: UsersContext,
    @Args(() => AskedPage) page: AskedPage,
    @Arg('filter', () => AuditLogFilter, { nullable: true, description: 'Which entries.' })
    filter?: AuditLogFilter | null,
  ): Promise<Connection<AuditEntry>> {
    return readAuditLog(ctx.accounts.db.query, filter ?? {}, page);
  }
}

interface EntryRow extends Omit<AuditEntry, 'at'> {
  at: string;
}

/** What entries can be asked for by; each has an index that ends with the id. */
const COLUMNS = ['actor', 'action', 'subject'] as const;

function readAuditLog(
  query: Sql,
  filter: AuditLogFilter,
  asked: AskedPage,
): Promise<Connection<AuditEntry>> {
  const given = COLUMNS.filter((column) => filter[column] != null);
  const values = given.map((column) => String(filter[column]));
  const conditions = given.map((column, at) => `and ${column} = $${at + 3}`).join(' ');
  const read = async (before: string, limit: number) => {
    if (!values.every(isStorable)) return [];
    return query<EntryRow>(
      `audit.page ${given.join()}`,
      `select id, at, actor, action, subject, address, data from audit_log
       where id < $1 ${conditions} order by id desc limit $2`,
      [before, limit, ...values],
    );
  };
  return newestFirst(entryIds, asked, read, toEntry);
}

function toEntry(row: EntryRow): AuditEntry {
  return { ...row, id: entryIds.encode(row.id), at: new Date(row.at) };
}
