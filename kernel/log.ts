import { type DestinationStream, type Logger, pino } from 'pino';
import { traceFields } from './tracing.js';

export type Log = Logger;

export interface LogOptions {
  /** pino's level names; `silent` says nothing. */
  level: string;
  /** Lines for people instead of JSON. */
  pretty: boolean;
  /** Where JSON lines go instead of stderr. */
  destination?: DestinationStream;
}

/** PostgreSQL's `detail` of an error quotes rows, and with them whatever secret is in a column. */
const SECRETS = ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization'];
const REDACTED = [...SECRETS, 'err.detail'];

/** One JSON line per event on stderr, or readable lines on a terminal. Secrets are never logged, traces always. */
export function createLog(name: string, { level, pretty, destination }: LogOptions): Log {
  const options = { name, level, redact: REDACTED, mixin: traceFields };
  if (!pretty) return pino(options, destination ?? pino.destination(2));
  const transport = pino.transport({
    target: 'pino-pretty',
    options: { destination: 2, ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' },
  });
  return pino(options, transport);
}

export const silentLog: Log = pino({ level: 'silent' });
