/** All but what JSON never escapes: quotes, backslashes, control characters and surrogates are not in it. */
const UNUSUAL = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** `JSON.stringify` of a string, but quicker for one that has nothing to escape. */
export function jsonString(text: string): string {
  return UNUSUAL.test(text) ? JSON.stringify(text) : `"${text}"`;
}
