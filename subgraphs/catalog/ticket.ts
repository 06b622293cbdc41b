import { createHash, randomBytes } from 'node:crypto';

/** How long a file may be sent or fetched. */
export const VALID_MINUTES = 60;

/** A path at the gateway that is as good as a key: whoever has it may send or fetch one file until then. */
export interface Ticket {
  path: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** A new path below `/files/`, and what the table keeps of it. */
export function newTicket(folder: string): { path: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { path: `/files/${folder}/${token}`, hash: hashOf(token) };
}

/** As tables keep the token of a path. */
export const hashOf = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/** As the API shows it. */
export const presentTicket = <Kept extends Ticket>(ticket: Kept | null) =>
  ticket && { ...ticket, expiresAt: new Date(ticket.expiresAt) };
