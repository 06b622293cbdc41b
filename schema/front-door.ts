/** What the context of users and the gateways agree on, without loading each other. */

/** The `iss` and `aud` of access tokens. */
export const TOKEN_ISSUER = 'waybill';
export const TOKEN_AUDIENCE = 'waybill';

/** How much more than others a partner of the rate class HIGH may ask in a minute. */
export const HIGH_FACTOR = 10;
