import { GraphQLScalarType } from 'graphql';
import { ClientError } from '../errors.js';

/**
 * The same scalar, which refuses what is none of its values as a mistake of whoever asks. A gateway knows a scalar by its name
 * alone, so that only here such a value is found.
 */
export function refusingScalar(scalar: GraphQLScalarType): GraphQLScalarType {
  const { parseValue, parseLiteral, ...config } = scalar.toConfig();
  return new GraphQLScalarType({
    ...config,
    parseValue: (value) => orRefused(() => parseValue(value)),
    parseLiteral: (node, variables) => orRefused(() => parseLiteral(node, variables)),
  });
}

function orRefused<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw new ClientError('BAD_USER_INPUT', error instanceof Error ? error.message : String(error));
  }
}
