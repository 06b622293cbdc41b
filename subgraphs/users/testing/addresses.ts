import type { Identity } from '@waybill/kernel/identity.js';
import type { TestUsers } from './users.js';

export const HOME = {
  name: 'Ada Lovelace',
  line1: '12 St James Square',
  line2: null,
  city: 'London',
  region: null,
  postalCode: 'SW1Y 4JH',
  country: 'GB',
};

const FIELDS = 'id name line1 line2 city region postalCode country';

/** The addresses as their owner sees them. */
export async function addressesOf({ run }: TestUsers, owner: Identity) {
  const { me } = await run(`{ me { addresses { ${FIELDS} } } }`, owner);
  return me.addresses;
}

/** Runs one of the three mutations of addresses; its payload. */
export async function changeAddress(
  { run }: TestUsers,
  mutation: 'addAddress' | 'updateAddress' | 'removeAddress',
  caller: Identity | undefined,
  input: object,
) {
  const type = `${capital(mutation)}Input`;
  const answer = await run(
    `mutation Change($input: ${type}!) {
      ${mutation}(input: $input) { address { ${FIELDS} } userErrors { code field } }
    }`,
    caller,
    { input },
  );
  return answer[mutation] ?? answer;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
