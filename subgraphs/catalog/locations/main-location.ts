/** The location that every catalog has from the beginning: where units are that nobody said anything else of. */
export const MAIN_LOCATION = '00000000-0000-7000-8000-000000000001';
