/**
 * Whether PostgreSQL can keep this text: it knows neither NUL nor half of a surrogate pair, and would refuse the whole
 * statement for it.
 */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
