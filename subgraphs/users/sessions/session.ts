import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';

export const sessionIds = globalId('Session');

@Access('OWNER')
@ObjectType({ description: 'Somewhere where you are logged in.', simpleResolvers: true })
export class Session {
  @Field(() => ID, { description: 'Names the session to `revokeSession`.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the client called itself when it logged in.',
  })
  device: string | null;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  current: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it began: with the log-in.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When its token was last refreshed.' })
  lastUsedAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it ends unless it is refreshed.' })
  expiresAt: Date;
}

/** A session as SQL answers it. */
export interface SessionRow {
  id: string;
  device: string | null;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
}

/** The columns of a SessionRow. */
export const SESSION_COLUMNS = `sessions.id, sessions.device, sessions.created_at as "createdAt",
  sessions.last_used_at as "lastUsedAt", sessions.expires_at as "expiresAt"`;

export function toSession(row: SessionRow, currentId: string | undefined): Session {
  return {
    id: sessionIds.encode(row.id),
    device: row.device,
    current: row.id === currentId,
    createdAt: new Date(row.createdAt),
    lastUsedAt: new Date(row.lastUsedAt),
    expiresAt: new Date(row.expiresAt),
  };
}
