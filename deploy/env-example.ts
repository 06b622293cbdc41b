import { PROCESS_SETTINGS, SETTINGS, type SettingName } from './settings.js';

const HEADER = `# Settings of npm start and npm run start:distributed. Generated from deploy/settings.ts by
# npm run generate: do not edit. Copy to .env and uncomment what you want to change; the
# environment wins over the file. What has no value is embedded, or made once and kept in .waybill/.
`;

/** The text of `.env.example`: every setting that `npm start` reads, with its default. */
export function envExample(): string {
  const names = Object.keys(PROCESS_SETTINGS.start.shape) as SettingName[];
  return [HEADER, ...names.map(entry)].join('\n');
}

function entry(name: SettingName): string {
  const schema = SETTINGS[name];
  const fallback = schema.safeParse(undefined).data ?? '';
  return `# ${schema.description}\n#${name}=${quoted(String(fallback))}\n`;
}

function quoted(text: string): string {
  return /[\s<>]/.test(text) ? `"${text}"` : text;
}
