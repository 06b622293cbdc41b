import type { AccountMail, AccountMailKind } from '@waybill/schema/commands.js';

interface Wording {
  subject: string;
  body: string;
  /** What follows the code, where there is one. */
  end?: string;
}

const NOT_ME = 'If you did not ask for it, you need not do anything.';
const ALARM =
  'If this was not you, set a new password at once: ask for a reset of a forgotten one.';

const WORDING: Record<AccountMailKind, Wording> = {
  VERIFY_EMAIL: {
    subject: 'Confirm your email',
    body: 'Somebody opened an account with this email. This code confirms it; it is good for three days:',
    end: NOT_ME,
  },
  CHANGE_EMAIL: {
    subject: 'Confirm your new email',
    body: 'This code makes this the email of your account; it is good for a day:',
    end: NOT_ME,
  },
  EMAIL_CHANGED: {
    subject: 'Your email was changed',
    body: 'Your account has another email now, and mail about it goes there.',
    end: 'If this was not you, tell us at once.',
  },
  RESET_PASSWORD: {
    subject: 'Set a new password',
    body: 'This code lets you set a new password; it is good for an hour:',
    end: NOT_ME,
  },
  PASSWORD_CHANGED: {
    subject: 'Your password was changed',
    body: 'Your account has a new password, and you were logged out elsewhere.',
    end: ALARM,
  },
  ACCOUNT_CLOSED: {
    subject: 'Your account is deleted',
    body: 'Your account and what we knew of you are gone. Orders stay as the law wants it.',
  },
};

/** The mail about an account, with its code on a line of its own. */
export function composeAccountMail({
  kind,
  name,
  token,
}: Pick<AccountMail, 'kind' | 'name' | 'token'>): {
  subject: string;
  text: string;
} {
  const { subject, body, end } = WORDING[kind];
  const text = [name ? `Hello ${name},` : 'Hello,', body, token, end].filter(Boolean).join('\n\n');
  return { subject, text: `${text}\n` };
}
