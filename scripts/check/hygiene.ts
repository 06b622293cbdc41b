import type { SourceFile } from './source-files.js';

/** Nobody reads more at one sitting. */
export const MAX_LINES = 400;

// Each in two pieces, so that this file does not find itself.
const UNFINISHED = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['XX', 'X'],
  ['HA', 'CK'],
].map((pieces) => pieces.join(''));
const MARK = new RegExp(String.raw`\b(${UNFINISHED.join('|')})\b|\bnot${' '}implemented\b`);

/** One line per file that is too long or was built beside its source, and per line that says it is unfinished. */
export function hygieneViolations(files: readonly SourceFile[]): string[] {
  return [...builtBesideSource(files), ...files.flatMap(fileViolations)];
}

/** A stray `a.js` would be imported instead of `a.ts` from then on. */
function builtBesideSource(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return [...paths]
    .filter((path) => /\.(js|d\.ts)$/.test(path) && paths.has(path.replace(/\.(js|d\.ts)$/, '.ts')))
    .map((path) => `${path} was built beside its source: delete it`);
}

function fileViolations({ path, text }: SourceFile): string[] {
  const lines = text.split('\n');
  const unfinished = lines.flatMap((line, index) =>
    MARK.test(line) ? [`${path}:${index + 1} is unfinished: ${line.trim()}`] : [],
  );
  // The last line ends with a newline: what follows it is no line.
  const length = lines.length - 1;
  const tooLong = length > MAX_LINES ? [`${path} has ${length} lines, over ${MAX_LINES}`] : [];
  return [...tooLong, ...unfinished];
}
