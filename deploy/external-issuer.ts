import { type Authenticate, jwtAuthentication } from '@waybill/gateway/index.js';
import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Role } from '@waybill/kernel/identity.js';
import type { Commands } from '@waybill/schema/commands.js';
import type { JWTPayload } from 'jose';
import type { Issuer, MappedRole } from './issuer-settings.js';

interface Needs {
  users: Pick<CommandClient<Commands['users']>, 'admitPerson'>;
  catalog: Pick<CommandClient<Commands['catalog']>, 'findStorefront'>;
}

/**
 * Undefined without an issuer. Lets in whom the issuer vouches for, with the roles that its claims mean here. The users context learns of each token
 * once, so that a person it has not seen gets an account, and name and email are those of the issuer.
 */
export function issuerAuthentication(
  given: Issuer | undefined,
  { users, catalog }: Needs,
): Authenticate | undefined {
  if (!given) return undefined;
  const { issuer, audience, rolesClaim, storefrontsClaim, roles: known } = given;
  return jwtAuthentication({
    issuer,
    audience,
    allowAnonymous: true,
    identify: async (claims) => {
      const roles = rolesOf(claimOf(claims, rolesClaim), known);
      const storefrontIds =
        storefrontsClaim === undefined
          ? null
          : await storefrontsOf(catalog, namesIn(claimOf(claims, storefrontsClaim)));
      const person = { ...personIn(claims), issuer, roles, storefrontIds };
      const { userId } = await users.admitPerson(person);
      const authenticatedAt = authenticationIn(claims);
      const realms = storefrontIds && { realms: storefrontIds };
      return {
        ...{ kind: 'user', userId, roles, ...realms },
        ...(authenticatedAt !== undefined && { authenticatedAt }),
      };
    },
  });
}

function personIn(claims: JWTPayload) {
  const { sub: subject = '', email, email_verified: verified, name, preferred_username } = claims;
  return {
    subject,
    // What the issuer itself does not believe is nobody's.
    email: verified === false ? null : textOf(email),
    isEmailVerified: verified === true,
    name: textOf(name) ?? textOf(preferred_username) ?? textOf(email) ?? 'Somebody',
  };
}

/** When they logged in (OpenID Connect Core); as far as that is not said, when they got the token. */
function authenticationIn({ auth_time: at, iat }: JWTPayload): number | undefined {
  return typeof at === 'number' ? at : iat;
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** A claim by its name, or by a path of names: `realm_access.roles`. */
export function claimOf(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => fieldOf(value, part), claims);
}

function fieldOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isObject ? (value as Record<string, unknown>)[name] : undefined;
}

const namesIn = (claim: unknown): unknown[] =>
  Array.isArray(claim) ? claim : String(claim ?? '').split(' ');

/** The storefronts with these codes: whoever has a claim that names none works for none. */
async function storefrontsOf(
  catalog: Needs['catalog'],
  names: readonly unknown[],
): Promise<string[]> {
  const codes = [...new Set(names)].filter((name) => typeof name === 'string');
  const found = await Promise.all(codes.map((code) => catalog.findStorefront({ code })));
  return found.flatMap((storefront) => storefront?.storefrontId ?? []);
}

/** What the issuer's roles mean here; whoever has none of them is a customer. */
export function rolesOf(claim: unknown, known: readonly MappedRole[]): Role[] {
  const names = namesIn(claim);
  const roles = known.filter(({ name }) => names.includes(name)).map(({ role }) => role);
  return roles.length > 0 ? [...new Set(roles)] : ['CUSTOMER'];
}
