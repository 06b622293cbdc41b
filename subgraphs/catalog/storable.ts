/** PostgreSQL has no NUL in its texts: a key or search term with one is changed into one that finds nothing. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
