import type { TestSubgraph } from '@waybill/gateway/testing/subgraph.js';
import { Kind, print } from 'graphql';

/** In Federation 1 a type has an origin, and whoever else adds fields extends it. */
const ORIGINS: Readonly<Record<string, string>> = {
  Product: 'products',
  Review: 'reviews',
  User: 'accounts',
};

/** The SDL of one of these subgraphs in the language of Federation 1. */
export function federation1Sdl({ name, typeDefs }: TestSubgraph): string {
  return typeDefs.definitions
    .map((definition) => {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return '';
      const text = print(definition);
      return ORIGINS[definition.name.value] === name ? text : `extend ${withExternalKey(text)}`;
    })
    .join('\n');
}

function withExternalKey(text: string): string {
  return text.replace(/^( +(?:id|upc): \w+!)$/m, '$1 @external');
}
