import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessProblems, SUBGRAPHS } from './access-rules.js';
import { boundaryViolations } from './boundaries.js';
import { declaredPackages } from './declared-packages.js';
import { hygieneViolations } from './hygiene.js';
import { schemaProblems } from './schema-rules.js';
import { readRelease, schemaSafetyProblems } from './schema-safety.js';
import { readSourceFiles, repositoryRoot } from './source-files.js';
import { vocabularyViolations } from './vocabulary.js';

const sdlOf = (file: string) => readFileSync(join(repositoryRoot(), 'schema', file), 'utf8');

/** The checks of our own that `npm run check` runs one by one: `node run.js <name>`. */
const CHECKS: Record<string, () => string[] | Promise<string[]>> = {
  boundaries: () => {
    const files = readSourceFiles();
    return [
      ...boundaryViolations(files, declaredPackages()),
      ...vocabularyViolations(files),
      ...hygieneViolations(files),
    ];
  },
  schema: () => [
    ...schemaProblems(sdlOf('api.graphql')),
    ...SUBGRAPHS.flatMap((name) => accessProblems(sdlOf(`subgraphs/${name}.graphql`))),
  ],
  released: () => schemaSafetyProblems(readRelease(repositoryRoot()), sdlOf('api.graphql')),
};

const found = (await CHECKS[process.argv[2] ?? '']?.()) ?? [`no such check: ${process.argv[2]}`];
for (const line of found) console.error(line);
if (found.length > 0) process.exitCode = 1;
