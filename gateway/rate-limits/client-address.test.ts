import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.js';

function addressOf(trusted: string[], remoteAddress: string, forwarded?: string) {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddress(trusted)({ socket: { remoteAddress }, headers } as IncomingMessage);
}

describe("a client's address", () => {
  it('is that of its connection', () => {
    expect(addressOf([], '192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
    expect(addressOf(['10.0.0.0/8'], '192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
    expect(addressOf([], '::ffff:192.0.2.1')).toBe('192.0.2.1');
  });

  it('is what trusted proxies say', () => {
    const trusted = ['10.0.0.0/8', '2001:db8::/32', '127.0.0.1'];
    expect(addressOf(trusted, '10.1.2.3', '198.51.100.7')).toBe('198.51.100.7');
    expect(addressOf(trusted, '::ffff:10.1.2.3', '198.51.100.7, 10.9.9.9')).toBe('198.51.100.7');
    expect(addressOf(trusted, '2001:db8::1', '[2001:dead::7]:4711')).toBe('2001:dead::7');
    expect(addressOf(trusted, '127.0.0.1', '198.51.100.7:4711')).toBe('198.51.100.7');
    expect(addressOf(trusted, '127.0.0.1')).toBe('127.0.0.1');
  });

  it('is not what a client wrote before the proxy did', () => {
    expect(addressOf(['10.0.0.0/8'], '10.1.2.3', '10.8.8.8, 198.51.100.7')).toBe('198.51.100.7');
    expect(addressOf(['10.0.0.0/8'], '10.1.2.3', '198.51.100.7, unknown')).toBe('10.1.2.3');
  });

  it('needs proxies that are addresses', () => {
    expect(() => clientAddress(['proxy.example'])).toThrow('"proxy.example" is no address');
    expect(() => clientAddress(['10.0.0.0/99'])).toThrow();
  });
});
