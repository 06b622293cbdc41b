import { type DocumentNode, execute, parse } from 'graphql';
import { SUBGRAPHS, type SubgraphName } from '../graph/subgraphs.js';
import { serveLean } from './lean-server.js';
import { serveParent, settings } from './worker-side.js';

/** One subgraph as a process: graphql-js makes each answer once, after which its bytes are at hand. */
const { name } = settings<{ name: SubgraphName }>();
const { schema } = SUBGRAPHS[name]();
const documents = new Map<string, DocumentNode>();

async function answer(body: string): Promise<string> {
  const { query, variables } = JSON.parse(body);
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  return JSON.stringify(await execute({ schema, document, variableValues: variables }));
}

serveParent({ url: await serveLean(answer) });
