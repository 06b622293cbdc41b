import type { Graph } from '../graph.js';
import type { Operation } from '../operation.js';
import type { AnswerCache } from './answer-cache.js';
import { CacheHints } from './cache-hints.js';
import { isCacheable } from './cache-policy.js';
import { CacheableOperation } from './cacheable-operation.js';
import { operationPolicy } from './operation-policy.js';

/**
 * A graph whose operations know for how long and for whom their answers may be kept: by the hints of its schema or,
 * where it has none at all, by what the subgraphs say in their headers. `cache` is where answers are kept, if anywhere.
 */
export function cachingGraph(graph: Graph, cache: AnswerCache | undefined): Graph {
  const { fullSchema: schema, sdl } = graph;
  const hints = new CacheHints(schema);
  return {
    ...graph,
    compile: (document, definition) => {
      const operation = graph.compile(document, definition);
      if (operation.kind === 'mutation' && cache) return notingChanges(operation, cache);
      if (operation.kind !== 'query') return operation;
      const hinted = hints.none ? undefined : operationPolicy(schema, hints, document, definition);
      if (hinted && !isCacheable(hinted)) return operation;
      return new CacheableOperation({ operation, definition, sdl, hinted, cache });
    },
  };
}

function notingChanges(operation: Operation, cache: AnswerCache): Operation {
  const run: Operation['run'] = async (variables, context) => {
    const result = await operation.run(variables, context);
    cache.noteChange(context);
    return result;
  };
  return { ...operation, run };
}
