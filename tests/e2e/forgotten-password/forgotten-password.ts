import { beforeAll, describe, expect, it } from 'vitest';
import { codeSent } from '../../support/codes.js';
import { CUSTOMER_PASSWORD, logIn, type Shop } from '../../support/shop.js';
import type { InBoth } from '../in-both-topologies.js';

const REQUEST = `mutation ($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) { done }
}`;
const RESET = `mutation ($input: ResetPasswordInput!) {
  resetPassword(input: $input) { done userErrors { code } }
}`;
const VERIFY = 'mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { done } }';

export const codesByMail = ({ shop: shopOf }: InBoth) =>
  describe('codes that come by mail', () => {
    let shop: Shop;
    beforeAll(() => {
      shop = shopOf();
    });

    it('an email is confirmed by the code that comes there', async () => {
      const ada = await shop.customer();
      const token = await codeSent(shop, ada, 'Confirm your email');
      expect(await shop.nobody.ask(VERIFY, { input: { token } })).toEqual({
        verifyEmail: { done: true },
      });
      expect(await ada.ask('{ me { emailVerified } }')).toEqual({ me: { emailVerified: true } });
    });

    it('a forgotten password is replaced by the code that comes by mail, and tokens of before are no good', async () => {
      const ada = await shop.customer();
      await shop.nobody.ask(REQUEST, { input: { email: ada.email } });
      const token = await codeSent(shop, ada, 'Set a new password');
      const newPassword = 'another horse battery';
      expect(await shop.nobody.ask(RESET, { input: { token, newPassword } })).toEqual({
        resetPassword: { done: true, userErrors: [] },
      });
      const credentials = { email: ada.email, password: newPassword };
      expect(await logIn(shop.nobody, credentials)).toEqual(expect.any(String));
      const before = { email: ada.email, password: CUSTOMER_PASSWORD };
      await expect(logIn(shop.nobody, before)).rejects.toThrow('cannot log in');
      const codes = async () => {
        const { errors = [] } = await ada.answer('{ me { id } }');
        return errors.map(({ extensions }) => extensions?.code);
      };
      await expect.poll(codes).toEqual(['UNAUTHENTICATED']);
    });
  });
