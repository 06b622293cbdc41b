import { accountThrottle, addressThrottles, type Throttle } from './throttle.js';

/** Ten wrong passwords at once, then one a minute; the right one makes good for all of them. */
const WRONG_PASSWORDS = { burst: 10, refillSeconds: 60 };
/** Many people may share an address. */
const WRONG_PASSWORDS_FROM = { burst: 50, refillSeconds: 10 };

/** Mail that anybody can have sent to somebody. */
const MAILS = { burst: 5, refillSeconds: 600 };
const MAILS_FROM = { burst: 20, refillSeconds: 60 };

/** Emails that are taken already: nobody is told of many. */
const TAKEN_EMAILS_FROM = { burst: 20, refillSeconds: 60 };

const BAD_TOKENS_FROM = { burst: 20, refillSeconds: 60 };

export const logInThrottle = (email: string): Throttle =>
  accountThrottle('logIn', email, WRONG_PASSWORDS);

export const logInThrottles = (email: string, address: string | undefined): Throttle[] => [
  logInThrottle(email),
  ...addressThrottles('logIn', address, WRONG_PASSWORDS_FROM),
];

export const mailThrottles = (email: string, address: string | undefined): Throttle[] => [
  accountThrottle('mail', email, MAILS),
  ...addressThrottles('mail', address, MAILS_FROM),
];

export const registerThrottles = (address: string | undefined): Throttle[] =>
  addressThrottles('register', address, TAKEN_EMAILS_FROM);

export const tokenThrottles = (address: string | undefined): Throttle[] =>
  addressThrottles('token', address, BAD_TOKENS_FROM);
