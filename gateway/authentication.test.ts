import { expect, it } from 'vitest';
import { webSocketCredentials } from './authentication.js';

it.each([
  [{ Authorization: 'Bearer a' }, {}, { authorization: 'Bearer a' }],
  [{ token: 'a' }, { authorization: 'Bearer b' }, { authorization: 'Bearer a' }],
  [undefined, { authorization: 'Bearer b', cookie: 'session=1' }, { authorization: 'Bearer b' }],
  [{ token: 7 }, { cookie: 'session=1' }, {}],
])('the credentials in %o and %o are %o', (params, upgrade, credentials) => {
  expect(webSocketCredentials(params, upgrade)).toEqual(credentials);
});
