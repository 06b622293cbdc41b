import { expect, it } from 'vitest';
import { composeStepMail } from './compose-step-mail.js';

const ORDER = { number: '1042', total: 1050, currency: 'GBP' };

it('fills in what it knows, however it is written', () => {
  const mail = {
    subject: '{{status}}: {{ number }}',
    text: 'Dear {{name}}, {{storefront}} owes you thanks for {{total}}. {{other}}',
    statusName: 'Packed',
  };
  expect(composeStepMail(mail, ORDER, { name: 'Ada', storefront: 'Main' })).toEqual({
    subject: 'Packed: 1042',
    text: 'Dear Ada, Main owes you thanks for 10.50 GBP. {{other}}\n',
  });
});

it('takes values as they are: what stands in them is not filled in', () => {
  const mail = { subject: 'For {{name}}', text: '{{name}}', statusName: 'Packed' };
  const reader = { name: '{{total}}\r\nBcc: all@example.com $&', storefront: 'Main' };
  expect(composeStepMail(mail, ORDER, reader)).toEqual({
    subject: 'For {{total}} Bcc: all@example.com $&',
    text: `${reader.name}\n`,
  });
});
