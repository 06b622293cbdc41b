/** Categories from the top to the lowest, at the most. */
export const MAX_DEPTH = 10;

/** Stands between titles from the top: `Clothes > Shirts`. */
export const SEPARATOR = ' > ';
