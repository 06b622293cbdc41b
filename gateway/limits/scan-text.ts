import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import type { Limits } from './default-limits.js';
import { overLimit } from './limits.js';

const OPENING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const CLOSING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);

/**
 * Goes over the text without parsing it, which would take a stack as deep as the text; stops at the first limit.
 * What is no GraphQL is left to the parser.
 */
export function scanText(text: string, limits: Limits): GraphQLError | undefined {
  if (text.length > limits.maxCharacters) return overLimit(limits, 'maxCharacters', text.length);
  try {
    return scanTokens(new Lexer(new Source(text)), limits);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

function scanTokens(lexer: Lexer, limits: Limits): GraphQLError | undefined {
  let tokens = 0;
  let nesting = 0;
  for (;;) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return undefined;
    tokens += 1;
    if (tokens > limits.maxTokens) return overLimit(limits, 'maxTokens');
    if (CLOSING.has(kind)) nesting -= 1;
    if (OPENING.has(kind)) nesting += 1;
    if (nesting > limits.maxNesting) return overLimit(limits, 'maxNesting');
  }
}
