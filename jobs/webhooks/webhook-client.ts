import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Webhook } from 'standardwebhooks';

export interface Message {
  id: string;
  url: string;
  body: string;
  /** The one in use and, while it is being replaced, the one before. */
  secrets: string[];
}

/** The status that the other side answered with, or why there was none. */
export type Outcome = { status: number; error: null } | { status: null; error: string };

/** Whom messages may go to: everybody in the public internet, or also machines of ours, to try things out. */
export type WebhookTargets = 'public' | 'any';

/** Milliseconds for the whole exchange. */
const TIMEOUT_MS = 10_000;

/**
 * Posts messages, signed as Standard Webhooks 1.0 has it. Redirects are not followed. Whatever name a partner gives, it
 * leads to no private, local or reserved address: what is behind our own walls is not the partner's to reach.
 */
export async function postMessage(message: Message, targets: WebhookTargets): Promise<Outcome> {
  try {
    return { status: await post(new URL(message.url), message, targets), error: null };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : String(error) };
  }
}

function post(url: URL, message: Message, targets: WebhookTargets): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Names are looked at when they are looked up; addresses are not looked up.
  if (targets === 'public' && isIP(host) && !isPublic(host)) throw refusal(host);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...headersOf(message), 'content-length': Buffer.byteLength(message.body) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(targets === 'public' && { lookup: publicLookup }),
    });
    request.once('error', (error) => reject(error.name === 'TimeoutError' ? timeout() : error));
    request.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      // What it says besides is nobody's to read.
      response.destroy();
    });
    request.end(message.body);
  });
}

const timeout = () => new Error(`no answer within ${TIMEOUT_MS / 1000} seconds`);
const refusal = (host: string) => new Error(`${host} is not in the public internet`);

function headersOf({ id, body, secrets }: Message): Record<string, string> {
  const now = new Date();
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return {
    'content-type': 'application/json',
    'user-agent': 'Waybill',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? refusal(hostname), '', 0);
    if (!addresses.every(({ address }) => isPublic(address)))
      return callback(refusal(hostname), '', 0);
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** Whether it is nobody's private, local, reserved or mapped address. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
