import { GraphQLError } from 'graphql';

/** Codes of errors that any part of the graph may answer; expected failures of a mutation are `userErrors` instead. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'INTERNAL_SERVER_ERROR';

/** An error whose message may be shown to the client. */
export class ClientError extends GraphQLError {
  constructor(code: ErrorCode, message: string) {
    super(message, { extensions: { code } });
  }
}

export const unauthenticated = () => new ClientError('UNAUTHENTICATED', 'Log in first.');
export const forbidden = () => new ClientError('FORBIDDEN', 'Your role does not allow this.');
