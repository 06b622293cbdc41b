import { inspect } from 'node:util';
import type { GatewayLog } from '../log.js';

/** A log that a test can read. */
export function memoryLog(): GatewayLog & { text(): string } {
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(message, inspect(fields));
  return { info: write, warn: write, error: write, text: () => lines.join('\n') };
}
