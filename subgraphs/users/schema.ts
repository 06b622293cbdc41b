import 'reflect-metadata';
import { buildFederatedSchema } from '@waybill/kernel/subgraph-schema.js';
import type { GraphQLSchema } from 'graphql';
import { ChangeEmailMutation } from './accounts/change-email.js';
import { ChangePasswordMutation } from './accounts/change-password.js';
import { DeleteMyAccountMutation } from './accounts/delete-my-account.js';
import { RequestEmailVerificationMutation } from './accounts/request-email-verification.js';
import { RequestPasswordResetMutation } from './accounts/request-password-reset.js';
import { ResetPasswordMutation } from './accounts/reset-password.js';
import { UpdateProfileMutation } from './accounts/update-profile.js';
import { VerifyEmailMutation } from './accounts/verify-email.js';
import { AddAddressMutation } from './add-address.js';
import { AssignRolesMutation } from './assign-roles.js';
import { AuditLogQuery } from './audit-log/read-audit-log.js';
import type { UsersContext } from './context.js';
import { resolveUser, UserResolver } from './find-user.js';
import { ImportCustomersMutation } from './import-customers.js';
import { ListUsersQuery } from './list-users.js';
import { LogInMutation } from './log-in.js';
import { DecideOperationsMutations } from './operations/decide-operations.js';
import { PartnerOperationsResolver } from './operations/list-operations.js';
import { RegisterOperations } from './operations/register-operations.js';
import { ClosePartnerMutation } from './partners/close-partner.js';
import { CreateApiKeyMutation } from './partners/create-api-key.js';
import { CreatePartnerMutation } from './partners/create-partner.js';
import { PartnerResolver, resolvePartner } from './partners/find-partner.js';
import { UpdatePartnerMutation } from './partners/update-partner.js';
import { WithdrawApiKeyMutation } from './partners/withdraw-api-key.js';
import { RegisterMutation } from './register.js';
import { RemoveAddressMutation } from './remove-address.js';
import { ListSessionsQuery } from './sessions/list-sessions.js';
import { LogOutMutation } from './sessions/log-out.js';
import { RefreshSessionMutation } from './sessions/refresh-session.js';
import { RevokeSessionMutation } from './sessions/revoke-session.js';
import { UpdateAddressMutation } from './update-address.js';
import { CreateWebhookMutation } from './webhooks/create-webhook.js';
import { DeleteWebhookMutation } from './webhooks/delete-webhook.js';
import {
  PartnerWebhooks,
  StorefrontWebhooks,
  WebhookDeliveries,
} from './webhooks/find-webhooks.js';
import { RedeliverWebhookMutation } from './webhooks/redeliver-webhook.js';
import { RotateWebhookSecretMutation } from './webhooks/rotate-webhook-secret.js';
import { UpdateWebhookMutation } from './webhooks/update-webhook.js';

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
    RefreshSessionMutation,
    LogOutMutation,
    RevokeSessionMutation,
    ListSessionsQuery,
    PartnerWebhooks,
    StorefrontWebhooks,
    WebhookDeliveries,
    CreateWebhookMutation,
    UpdateWebhookMutation,
    DeleteWebhookMutation,
    RotateWebhookSecretMutation,
    RedeliverWebhookMutation,
    PartnerResolver,
    CreatePartnerMutation,
    UpdatePartnerMutation,
    ClosePartnerMutation,
    CreateApiKeyMutation,
    WithdrawApiKeyMutation,
    VerifyEmailMutation,
    RequestEmailVerificationMutation,
    RequestPasswordResetMutation,
    ResetPasswordMutation,
    ChangePasswordMutation,
    ChangeEmailMutation,
    UpdateProfileMutation,
    RegisterOperations,
    DecideOperationsMutations,
    PartnerOperationsResolver,
    DeleteMyAccountMutation,
  ] as const;
  return buildFederatedSchema<UsersContext>(
    { resolvers },
    {
      User: resolveUser,
      Partner: resolvePartner,
    },
  );
}
