import { parseArgs } from 'node:util';

/** Which of its flags a command was called with. `--help` ends the process with 0, anything unknown with 2. */
export function readFlags<Name extends string>(
  help: string,
  names: readonly Name[],
): Record<Name, boolean> {
  const options = Object.fromEntries(
    [...names, 'help'].map((name) => [name, { type: 'boolean', default: false } as const]),
  );
  try {
    const flags = parseArgs({ options }).values as Record<Name | 'help', boolean>;
    if (!flags.help) return flags;
    process.stdout.write(help);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${help}`);
    process.exit(2);
  }
}
