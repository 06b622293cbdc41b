import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Says from where a request comes. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * The address of a request's client: that of its connection, or what `X-Forwarded-For` says where the connection comes
 * from one of `trustedProxies` (addresses or CIDR ranges). Of a chain of proxies the last one that is not trusted
 * counts: whatever stands before it anybody can have written. Throws on an entry that is no address.
 */
export function clientAddress(trustedProxies: readonly string[] = []): ClientAddress {
  const trusted = listOf(trustedProxies);
  const isTrusted = (address: string) =>
    trusted?.check(address, isIPv6(address) ? 'ipv6' : 'ipv4') ?? false;
  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress ?? '');
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    while (isIP(address) && isTrusted(address)) {
      const before = plain(forwarded.pop()?.trim() ?? '');
      if (!isIP(before)) break;
      address = before;
    }
    return address;
  };
}

/** An address without the port that some proxies add, and without the dress of IPv4 in IPv6. */
function plain(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1];
  return (bare ?? address).replace(/^::ffff:(?=[\d.]+$)/i, '');
}

function listOf(entries: readonly string[]): BlockList | undefined {
  if (entries.length === 0) return undefined;
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    if (!isIP(address)) throw new Error(`"${entry}" is no address and no CIDR range`);
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
