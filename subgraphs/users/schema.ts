import 'reflect-metadata';
import { buildFederatedSchema } from '@waybill/kernel/subgraph-schema.js';
import type { GraphQLSchema } from 'graphql';
import { AddAddressMutation } from './add-address.js';
import { AssignRolesMutation } from './assign-roles.js';
import { AuditLogQuery } from './audit-log/read-audit-log.js';
import type { UsersContext } from './context.js';
import { resolveUser, UserResolver } from './find-user.js';
import { ImportCustomersMutation } from './import-customers.js';
import { ListUsersQuery } from './list-users.js';
import { LogInMutation } from './log-in.js';
import { RegisterMutation } from './register.js';
import { RemoveAddressMutation } from './remove-address.js';
import { UpdateAddressMutation } from './update-address.js';

/** What this subgraph shows to the world; needs no database. */
export function buildUsersSchema(): Promise<GraphQLSchema> {
  const resolvers = [
    UserResolver,
    ListUsersQuery,
    RegisterMutation,
    LogInMutation,
    AddAddressMutation,
    UpdateAddressMutation,
    RemoveAddressMutation,
    AssignRolesMutation,
    ImportCustomersMutation,
    AuditLogQuery,
  ] as const;
  return buildFederatedSchema<UsersContext>({ resolvers }, { User: resolveUser });
}
