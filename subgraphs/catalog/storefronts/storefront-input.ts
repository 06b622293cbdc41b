import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isCurrency } from '@waybill/kernel/money.js';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { type StorefrontError, StorefrontErrorCode } from './errors.js';
import { CaptureOn, type StorefrontValues } from './storefront.js';

@InputType({ description: 'The colours of a storefront; what is left out it has not.' })
class StorefrontColoursInput {
  @Field(() => String, { nullable: true, description: 'The main one: "#1a2b3c".' })
  primary?: string | null;

  @Field(() => String, { nullable: true, description: 'The one beside it: "#1a2b3c".' })
  secondary?: string | null;
}

@InputType({ description: 'From whom mail comes.' })
class MailSenderInput {
  @Field(() => String, { description: 'What mail programs show.' })
  name: string;

  @Field(() => String, { description: 'An email address.' })
  address: string;
}

@InputType({ description: 'What a storefront may have and need not.' })
export class StorefrontLooksInput {
  @Field(() => String, { nullable: true, description: 'An http or https URL of its logo.' })
  logoUrl?: string | null;

  @Field(() => StorefrontColoursInput, { nullable: true, description: 'Its colours.' })
  colours?: StorefrontColoursInput | null;

  @Field(() => CaptureOn, {
    nullable: true,
    description: 'When money of its orders is taken; null as the deployment does it.',
  })
  captureOn?: CaptureOn | null;

  @Field(() => MailSenderInput, {
    nullable: true,
    description: "From whom its mail comes; null as the deployment's.",
  })
  sender?: MailSenderInput | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

/** Fields of an input: what is absent stays as it was, null takes away what can be taken away. */
interface Changes extends StorefrontLooksInput {
  name?: string | null;
  currency?: string | null;
  locale?: string | null;
}

/** What a storefront has that nobody gave anything. */
export const PLAIN: StorefrontValues = {
  name: '',
  logoUrl: null,
  primaryColour: null,
  secondaryColour: null,
  currency: '',
  locale: '',
  captureOn: null,
  senderName: null,
  senderAddress: null,
};

const MAX_NAME = 100;
const CODE = /^(?=.{2,40}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const COLOUR = /^#[0-9a-f]{6}$/i;
const email = z.email().max(254);
const url = z.url({ protocol: /^https?$/ }).max(2000);

/** Reads the fields of one input; what is wrong with it gathers in `errors`. */
export class StorefrontReader {
  readonly errors: StorefrontError[] = [];

  code(code: string): string {
    return this.#checked(CODE.test(code), StorefrontErrorCode.INVALID_CODE, ['code'], code);
  }

  /** The values as they are with the changes. */
  changed(before: StorefrontValues, changes: Changes): StorefrontValues {
    const { name, logoUrl, colours, currency, locale, captureOn, sender } = changes;
    return {
      name: name == null ? before.name : this.#name(name, ['name']),
      logoUrl: logoUrl == null ? kept(logoUrl, before.logoUrl) : this.#url(logoUrl),
      ...(colours === undefined ? coloursOf(before) : this.#colours(colours ?? {})),
      currency: currency == null ? before.currency : this.#currency(currency),
      locale: locale == null ? before.locale : this.#locale(locale),
      captureOn: captureOn ?? kept(captureOn, before.captureOn),
      ...(sender === undefined ? senderOf(before) : this.#sender(sender)),
    };
  }

  #name(value: string, field: string[]): string {
    const text = value.trim();
    const good = text.length > 0 && text.length <= MAX_NAME && !/\p{Cc}/u.test(text);
    return this.#checked(good, StorefrontErrorCode.INVALID_TEXT, field, text);
  }

  #url(value: string): string {
    const good = url.safeParse(value).success;
    return this.#checked(good, StorefrontErrorCode.INVALID_URL, ['logoUrl'], value);
  }

  #colours({ primary, secondary }: StorefrontColoursInput) {
    return {
      primaryColour: this.#colour('primary', primary),
      secondaryColour: this.#colour('secondary', secondary),
    };
  }

  #colour(which: string, value: string | null | undefined): string | null {
    if (value == null) return null;
    const field = ['colours', which];
    const good = COLOUR.test(value);
    return this.#checked(good, StorefrontErrorCode.INVALID_COLOUR, field, value.toLowerCase());
  }

  #currency(value: string): string {
    const code = StorefrontErrorCode.INVALID_CURRENCY;
    return this.#checked(isCurrency(value), code, ['currency'], value);
  }

  /** The tag in its canonical spelling. */
  #locale(value: string): string {
    const locale = canonicalLocale(value);
    const code = StorefrontErrorCode.INVALID_LOCALE;
    return this.#checked(locale !== undefined, code, ['locale'], locale ?? value);
  }

  #sender(sender: MailSenderInput | null) {
    if (sender === null) return { senderName: null, senderAddress: null };
    const address = sender.address.trim();
    const code = StorefrontErrorCode.INVALID_EMAIL;
    return {
      senderName: this.#name(sender.name, ['sender', 'name']),
      senderAddress: this.#checked(
        email.safeParse(address).success,
        code,
        ['sender', 'address'],
        address,
      ),
    };
  }

  #checked(good: boolean, code: StorefrontErrorCode, field: string[], value: string): string {
    if (!good) this.errors.push(userError(code, `${field.join('.')} cannot be this.`, field));
    return value;
  }
}

/** Null where it was taken away. */
const kept = <Value>(change: null | undefined, before: Value): Value | null =>
  change === null ? null : before;

const coloursOf = ({ primaryColour, secondaryColour }: StorefrontValues) => ({
  primaryColour,
  secondaryColour,
});

const senderOf = ({ senderName, senderAddress }: StorefrontValues) => ({
  senderName,
  senderAddress,
});

function canonicalLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
