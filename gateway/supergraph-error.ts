import { GraphQLError } from 'graphql';

/** Why a supergraph cannot be served. */
export const SUPERGRAPH_ERROR_CODES = {
  SUPERGRAPH_UNREADABLE: 'The file cannot be read.',
  SUPERGRAPH_INVALID:
    'The text is not the SDL of a supergraph, or of a version that is not supported.',
  SUBGRAPHS_DO_NOT_COMPOSE:
    'The subgraphs contradict each other; every error of composition is named.',
  SUBGRAPH_WITHOUT_SOURCE: 'It is not said how a subgraph is reached.',
} as const;

export type SupergraphErrorCode = keyof typeof SUPERGRAPH_ERROR_CODES;

/** A supergraph that cannot be served, at the start or as another version; the message is meant for its author. */
export class SupergraphError extends Error {
  override readonly name = 'SupergraphError';

  constructor(
    readonly code: SupergraphErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What Apollo's packages say about SDL, each fault in one line. */
export function invalidSupergraph(error: unknown): SupergraphError {
  const faults = faultsIn(error).map(oneLine);
  const message = `This is no supergraph that can be served: ${faults.join('; ')}`;
  return new SupergraphError('SUPERGRAPH_INVALID', message, { cause: error });
}

function faultsIn(error: unknown): unknown[] {
  const { causes } = error as { causes?: unknown[] };
  return causes?.length ? causes : [error];
}

function oneLine(error: unknown): string {
  const { message } = error as Error;
  const [at] = (error instanceof GraphQLError && error.locations) || [];
  const where = at ? ` (line ${at.line}, column ${at.column})` : '';
  return message.replace(/^Invalid supergraph: /, '').replace(/\s*\n\s*/g, ' ') + where;
}
