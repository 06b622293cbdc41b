import { ROLES, type Role } from '@waybill/kernel/identity.js';
import { z } from 'zod';

const ISSUER_MEND =
  'give the issuer as its tokens name it, such as https://login.example/realms/shop';
const AUDIENCE_MEND = 'give the audience that tokens for this API have';
const ROLES_MEND = `give pairs such as shop-admins=ADMIN with commas between them; roles are ${ROLES.join(', ')}`;

const isAddress = (text: string) => /^https?:/.test(text) && URL.canParse(text);

const pairs = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((all) => all.every((pair) => pairOf(pair) !== undefined), ROLES_MEND);

/** Who keeps the accounts, where that is not Waybill itself; see docs/accounts.md. */
export const ISSUER_SETTINGS = {
  AUTH_ISSUER: z
    .string()
    .refine(isAddress, ISSUER_MEND)
    .optional()
    .describe(
      'OpenID Connect issuer that keeps the accounts. Left out, Waybill keeps them itself.',
    ),
  AUTH_AUDIENCE: z
    .string()
    .min(1, AUDIENCE_MEND)
    .optional()
    .describe('The `aud` that tokens of this issuer must have.'),
  AUTH_ROLES_CLAIM: z
    .string()
    .min(1)
    .default('roles')
    .describe('Claim that lists the roles, such as roles or realm_access.roles.'),
  AUTH_STOREFRONTS_CLAIM: z
    .string()
    .min(1)
    .optional()
    .describe('Claim that lists the codes of the storefronts that staff work for. Left out: all.'),
  AUTH_ROLES: pairs
    .default([])
    .describe('What the roles of the issuer mean here: shop-admins=ADMIN,shop-staff=STAFF.'),
} as const;

const schema = z.object(ISSUER_SETTINGS);
export type IssuerSettings = z.output<typeof schema>;

/** Without an audience, tokens that were made for others would be let in. */
export function withAudience<Schema extends z.ZodType<IssuerSettings>>(given: Schema): Schema {
  return given.refine((settings) => !settings.AUTH_ISSUER || Boolean(settings.AUTH_AUDIENCE), {
    path: ['AUTH_AUDIENCE'],
    message: AUDIENCE_MEND,
    // Also when other settings are bad: one run shows them all.
    when: () => true,
  });
}

/** What a role of the issuer means here. */
export interface MappedRole {
  name: string;
  role: Role;
}

export interface Issuer {
  issuer: string;
  audience: string;
  rolesClaim: string;
  /** Undefined where staff work for all storefronts. */
  storefrontsClaim?: string | undefined;
  roles: MappedRole[];
}

/** Undefined where Waybill keeps the accounts itself. */
export function issuerOf(settings: IssuerSettings): Issuer | undefined {
  const {
    AUTH_ISSUER: issuer,
    AUTH_AUDIENCE: audience = '',
    AUTH_ROLES_CLAIM: rolesClaim,
    AUTH_STOREFRONTS_CLAIM: storefrontsClaim,
  } = settings;
  if (!issuer) return undefined;
  const roles = settings.AUTH_ROLES.map(pairOf).filter((pair) => pair !== undefined);
  return { issuer, audience, rolesClaim, storefrontsClaim, roles };
}

function pairOf(text: string): MappedRole | undefined {
  const at = text.lastIndexOf('=');
  const role = ROLES.find((each) => each === text.slice(at + 1));
  return at > 0 && role ? { name: text.slice(0, at), role } : undefined;
}
