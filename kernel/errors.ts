import { GraphQLError } from 'graphql';

/** Codes of errors that any part of the graph may answer; expected failures of a mutation are `userErrors` instead. */
export const ERROR_CODES = {
  UNAUTHENTICATED: 'Nobody is logged in, and this is not for everybody.',
  FORBIDDEN: 'The role of who is logged in does not allow this.',
  NOT_FOUND: 'There is no such thing, or it is not for the one who asks.',
  BAD_USER_INPUT: 'An argument or a variable is not what it may be.',
  TOO_MANY_REQUESTS: 'Too many ask for this at the same moment: ask again.',
  INTERNAL_SERVER_ERROR:
    'Something failed unexpectedly; the log has the cause under the request id.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error whose message may be shown to the client. */
export class ClientError extends GraphQLError {
  constructor(code: ErrorCode, message: string) {
    super(message, { extensions: { code } });
  }
}

export const unauthenticated = () => new ClientError('UNAUTHENTICATED', 'Log in first.');
export const forbidden = () => new ClientError('FORBIDDEN', 'Your role does not allow this.');
