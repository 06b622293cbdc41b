import { hash } from 'node:crypto';
import { type Identity, realmsOf } from '@waybill/kernel/identity.js';
import { type DocumentNode, type OperationDefinitionNode, print } from 'graphql';
import stringify from 'safe-stable-stringify';
import type { Variables } from '../operation.js';
import type { RequestContext } from '../request.js';

/** Under which keys a store has what concerns one request. */
export interface AnswerKeys {
  /** The answer for everybody. */
  readonly shared: string;
  /** The answer for this caller alone. */
  readonly own: string;
  /** When the caller last changed something. */
  readonly change: string;
}

/** Identifies an operation of one version of the graph, however a client names it. */
export function operationKey(
  sdl: string,
  document: DocumentNode,
  { name }: OperationDefinitionNode,
): string {
  return digest(sdl, print(document), name?.value ?? '');
}

/** `names` are those of the variables that the operation has; a client may send any others along. */
export function answerKeys(
  operation: string,
  names: readonly string[],
  variables: Variables,
  caller: RequestContext,
): AnswerKeys {
  const given = names.map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : []));
  const shared = digest(operation, names.length > 0 ? stringify(given) : '');
  return { shared, own: digest(shared, ...callerKeys(caller)), change: changeKey(caller) };
}

export function changeKey(caller: RequestContext): string {
  return digest('change', ...callerKeys(caller));
}

/** A subgraph may answer by the headers that it gets, whoever the gateway thinks that asks. */
function callerKeys({ identity, forwarded }: RequestContext): string[] {
  return forwarded ? [identityKey(identity), stringify(forwarded)] : [identityKey(identity)];
}

/** What tells callers apart whose answers may differ; all who are anonymous get the same. */
function identityKey(identity: Identity): string {
  const realms = realmsOf(identity)?.toSorted() ?? null;
  switch (identity.kind) {
    case 'anonymous':
      return '';
    case 'service':
      return JSON.stringify(['service', identity.name]);
    case 'partner':
      return JSON.stringify(['partner', identity.partnerId, realms, ...identity.scopes.toSorted()]);
    case 'user':
      return JSON.stringify(['user', identity.userId, realms, ...identity.roles.toSorted()]);
  }
}

/** Texts that differ, or are cut differently, have another digest. */
function digest(...texts: string[]): string {
  return hash('sha256', JSON.stringify(texts), 'base64url');
}
