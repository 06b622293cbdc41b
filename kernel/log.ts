import { type Logger, pino } from 'pino';

export type Log = Logger;

export interface LogOptions {
  /** pino's level names; `silent` says nothing. */
  level: string;
  /** Lines for people instead of JSON. */
  pretty: boolean;
}

/** One JSON line per event on stderr, or readable lines on a terminal. Secrets are never logged. */
export function createLog(name: string, { level, pretty }: LogOptions): Log {
  const redact = ['*.password', '*.token', '*.authorization', 'headers.authorization'];
  if (!pretty) return pino({ name, level, redact }, pino.destination(2));
  const transport = pino.transport({
    target: 'pino-pretty',
    options: { destination: 2, ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' },
  });
  return pino({ name, level, redact }, transport);
}

export const silentLog: Log = pino({ level: 'silent' });
