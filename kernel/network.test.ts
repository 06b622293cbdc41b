import { describe, expect, it } from 'vitest';
import { networkOf } from './network.js';

describe('one client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1::6', '2001:db8:1:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('with the address %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
