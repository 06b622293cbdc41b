/** Bytes of an upload, and dots of an image, at the most. */
export const MAX_BYTES = 10 * 1024 * 1024;
const MAX_DOTS = 50_000_000;

/** Formats that are taken, as their first bytes tell; what a client says of the type counts nothing. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

/** Widths in which an image is kept, in dots; one that is smaller stays as it is. */
export const WIDTHS = [200, 800, 1600] as const;

export interface SizedImage {
  width: number;
  height: number;
  /** WebP by width, ascending. */
  sizes: Map<number, Uint8Array>;
}

/**
 * The image upright and in some widths, without what a camera says of place and time; undefined where the bytes are no
 * image that is taken.
 */
export async function resized(bytes: Uint8Array): Promise<SizedImage | undefined> {
  // Loaded with the first image: most processes never see one.
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_DOTS, failOn: 'error' });
    const { format, autoOrient } = await image.metadata();
    if (!FORMATS.has(format)) return undefined;
    const { width, height } = autoOrient;
    const smaller = WIDTHS.filter((each) => each < width);
    const widths = [...smaller, Math.min(width, WIDTHS[WIDTHS.length - 1] ?? width)];
    const sizes = new Map<number, Uint8Array>();
    for (const each of new Set(widths)) {
      sizes.set(each, await image.clone().autoOrient().resize({ width: each }).webp().toBuffer());
    }
    return { width, height, sizes };
  } catch {
    // What cannot be read is none.
    return undefined;
  }
}
