import { join, relative } from 'node:path';
import { executeCodegen, loadCodegenConfig } from '@graphql-codegen/cli';
import { type GraphQLSchema, Kind, parse, printSchema } from 'graphql';
import type { GeneratedFile } from './generated-file.js';

/** Where the gateway and its clients find the operations that they agreed on, in Apollo's manifest format. */
export const MANIFEST = 'schema/operations/manifest.json';

/** The typed documents that `codegen.yml` describes, and the manifest of persisted operations. */
export async function operationFiles(root: string, api: GraphQLSchema): Promise<GeneratedFile[]> {
  const { config } = await loadCodegenConfig({ configFilePath: join(root, 'codegen.yml') });
  const { result, error } = await executeCodegen({
    ...config,
    cwd: root,
    schema: printSchema(api),
    importExtension: '.js',
    silent: true,
  });
  if (error) throw new Error(messages(error).join('\n'));
  const files = result.map(({ filename, content }) => ({
    path: relative(root, join(root, filename)),
    text: `${content.trim()}\n`,
  }));
  return [...files, manifest(files)];
}

/** Codegen wraps what is wrong with each operation once or twice. */
function messages(error: Error): string[] {
  const { errors } = error as Error & { errors?: Error[] };
  return errors?.length ? errors.flatMap(messages) : [error.message];
}

/** Apollo's format from codegen's `{id: text}`: the ids are the hashes that the typed documents carry. */
function manifest(files: readonly GeneratedFile[]): GeneratedFile {
  const persisted = files.find(({ path }) => path.endsWith('persisted-documents.json'));
  if (!persisted) throw new Error('codegen.yml sets no persistedDocuments');
  const bodies = Object.entries(JSON.parse(persisted.text) as Record<string, string>);
  const operations = bodies.map(([id, body]) => ({ id: bareHash(id), ...operation(body), body }));
  operations.sort((a, b) => (a.name < b.name ? -1 : 1));
  const content = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  return { path: MANIFEST, text: `${JSON.stringify(content, null, 2)}\n` };
}

/** Codegen writes `sha256:<hex>`; Apollo's format has the hash alone. */
function bareHash(id: string): string {
  return id.replace(/^sha256:/, '');
}

function operation(body: string): { name: string; type: string } {
  for (const definition of parse(body).definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && definition.name) {
      return { name: definition.name.value, type: definition.operation };
    }
  }
  throw new Error(`An operation to be persisted has no name: ${body}`);
}
