import { colors as pc } from '@waybill/kernel/colors.js';
import { DEMO_PEOPLE } from './seed.js';
import type { Waybill } from './waybill.js';

export interface ScreenFacts {
  waybill: Waybill;
  /** Seconds from the start. */
  seconds: number;
  topology: string;
  dataDirectory: string;
  /** A bearer token of the demo customer; absent without demo data. */
  token: string | undefined;
}

/** The one screen at the end of a start: where everything is and how to get in. */
export function screen({ waybill, seconds, topology, dataDirectory, token }: ScreenFacts): string {
  const { url, wsUrl, graphiqlUrl, opsUrl, mail } = waybill;
  const places = [
    ['GraphQL', url],
    ['WebSocket', wsUrl],
    ['GraphiQL', graphiqlUrl],
    ['Mail', mail ? `${opsUrl}/mail` : 'leaves by SMTP_URL'],
    ['Queues', `${opsUrl}/queues`],
  ];
  return [
    '',
    pc.bold(`Waybill is ready after ${seconds.toFixed(1)} s`) + pc.dim(`  (${topology})`),
    '',
    ...places.map(([name = '', place = '']) => `  ${name.padEnd(11)}${pc.cyan(place)}`),
    ...(token === undefined ? [] : demoLines(token)),
    '',
    pc.dim(`  npm run demo    an order travels from cart to confirmed`),
    pc.dim(
      `  Ctrl-C          stops everything; data stays in ${dataDirectory} until npm run reset`,
    ),
    '',
  ].join('\n');
}

function demoLines(token: string): string[] {
  const people = Object.entries(DEMO_PEOPLE).map(
    ([role, { email, password }]) => `  ${role.padEnd(11)}${email.padEnd(28)}${password}`,
  );
  const header = `  Authorization: Bearer ${token}`;
  return ['', '  Log in as', ...people, '', '  The customer’s token, ready to paste:', header];
}
