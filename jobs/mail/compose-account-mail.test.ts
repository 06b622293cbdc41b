import { expect, it } from 'vitest';
import { composeAccountMail } from './compose-account-mail.js';

it('has its code on a line of its own, where programs and people find it', () => {
  const mail = composeAccountMail({ kind: 'RESET_PASSWORD', name: 'Ada', token: 'c0de' });
  expect(mail).toEqual({
    subject: 'Set a new password',
    text: [
      'Hello Ada,',
      'This code lets you set a new password; it is good for an hour:',
      'c0de',
      'If you did not ask for it, you need not do anything.\n',
    ].join('\n\n'),
  });
});

it('has neither code nor name where there is none', () => {
  const { text } = composeAccountMail({ kind: 'ACCOUNT_CLOSED', name: null, token: null });
  expect(text).toMatch(/^Hello,\n\nYour account .*\.\n$/);
});
