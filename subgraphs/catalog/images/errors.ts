import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { registerEnumType } from 'type-graphql';

export enum ImageErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  TOO_MANY_IMAGES = 'TOO_MANY_IMAGES',
  INVALID_TEXT = 'INVALID_TEXT',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}

registerEnumType(ImageErrorCode, {
  name: 'ImageErrorCode',
  description: 'Why something about images could not be done.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such product or image.' },
    TOO_MANY_IMAGES: { description: 'A product has at most 20 images, those awaited included.' },
    INVALID_TEXT: {
      description: 'The text is empty, too long, or has control characters in it.',
    },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
  },
});

export type ImageError = UserError<ImageErrorCode>;

export const ImageUserError = userErrorOf<ImageErrorCode>('ImageUserError', () => ImageErrorCode);

/** Carries out a mutation of images once per `idempotencyKey`. */
export const once = oncePerKey<ImageErrorCode>({
  conflict: ImageErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: ImageErrorCode.INVALID_TEXT,
});
