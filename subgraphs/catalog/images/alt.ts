const MAX_LENGTH = 500;

/** What there is to see, without space around it; null where nothing is said. */
export const altOf = (text: string | null | undefined): string | null => text?.trim() || null;

export const isAlt = (alt: string | null): boolean =>
  alt === null || (alt.length <= MAX_LENGTH && !/\p{Cc}/u.test(alt));

export const BAD_ALT = `alt is not 1 to ${MAX_LENGTH} characters.`;
