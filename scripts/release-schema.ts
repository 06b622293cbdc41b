import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { RELEASED } from './check/schema-safety.js';
import { repositoryRoot } from './check/source-files.js';
import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';

/** What of a release later changes are held against, and the name under which it is kept. */
const KEPT = {
  'schema/api.graphql': 'api.graphql',
  'schema/operations/manifest.json': 'operations.json',
} as const;

/** `npm run release-schema`: keeps the schema and the house's operations as they are released. */
export function releaseSchema(terminal: Terminal, root = repositoryRoot()): Promise<ExitCode> {
  const command = new Command('release-schema').description(
    `Keeps the schema and the registered operations in ${RELEASED}: later changes must not break them.`,
  );
  return runCommand(command, terminal, async () => {
    mkdirSync(join(root, RELEASED, 'partners'), { recursive: true });
    for (const [from, name] of Object.entries(KEPT)) {
      copyFileSync(join(root, from), join(root, RELEASED, name));
      terminal.out(`wrote ${RELEASED}/${name}\n`);
    }
    return 0;
  });
}

if (import.meta.main) process.exitCode = await releaseSchema(processTerminal());
