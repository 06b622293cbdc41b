import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the repository; `path` is relative to its top, with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

/** The top of the repository, found from here upwards: this file runs as source and from dist. */
export function repositoryRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'biome.json'))) directory = dirname(directory);
  return directory;
}

/** All hand-written code of the repository, what is not committed yet included. */
export function readSourceFiles(root = repositoryRoot()): SourceFile[] {
  const listing = [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '-z',
    '*.ts',
    '*.mjs',
    '*.js',
  ];
  const paths = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).split('\0');
  return paths
    .filter((path) => path && !path.includes('generated/') && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
const STRING = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\`(?:\\.|[^\`\\])*\``;
// A slash begins a regular expression only where a value may stand; elsewhere it divides.
const REGEXP = String.raw`(?<=[(,=:[!&|?{};]\s*|return\s+)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`;
const TOKEN = new RegExp(`(${COMMENT})|${REGEXP}|${STRING}`, 'g');

/** The code without its comments. */
export function withoutComments(text: string): string {
  return text.replace(TOKEN, (token, comment) => (comment === undefined ? token : ' '));
}

const IMPORTS = [
  /(?:^|[\n;}])\s*(?:import|export)\s[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/g,
  /(?:^|[\n;}])\s*import\s*['"]([^'"]+)['"]/g,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
  /\brequire\(\s*['"]([^'"]+)['"]/g,
];

/** What a source imports, type-only and dynamic imports included, as written. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  return IMPORTS.flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ([, specifier = '']) => specifier),
  );
}

/** `target`, relative to the directory of the file `from`, both relative to the top. */
export function resolveFrom(from: string, target: string): string {
  return relative('.', join(dirname(from), target))
    .split(sep)
    .join('/');
}
