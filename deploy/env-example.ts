import { PROCESS_SETTINGS, SETTINGS } from './settings.js';

const { shape } = PROCESS_SETTINGS.start;

const HEADER = `# Settings of npm start and npm run start:distributed. Generated from deploy/settings.ts by
# npm run generate: do not edit. Copy to .env and uncomment what you want to change; the
# environment wins over the file. What has no value is embedded, or made once and kept in .waybill/.
`;

/** The text of `.env.example`: every setting that `npm start` reads, with its default. */
export function envExample(): string {
  const names = Object.keys(shape) as Array<keyof typeof shape>;
  return [HEADER, ...names.map(entry)].join('\n');
}

function entry(name: keyof typeof shape): string {
  const schema = shape[name];
  const fallback = schema.safeParse(undefined).data ?? '';
  return `# ${SETTINGS[name].description}\n#${name}=${quoted(String(fallback))}\n`;
}

function quoted(text: string): string {
  return /[\s<>]/.test(text) ? `"${text}"` : text;
}
