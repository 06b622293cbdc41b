import { v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUIDv7 (RFC 9562): keys made later sort later. */
export function newId(): string {
  return v7();
}

/** Whether this is a UUID in lower case; anything else would make the database refuse a statement. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export interface GlobalId {
  encode(uuid: string): string;
  /** The bare UUID, or undefined where the id is malformed or of another type. */
  decode(id: string): string | undefined;
}

/** Ids as the API shows them, `<TypeName>_<uuid>`, unique over all types as Relay asks of a Node id. */
export function globalId(typeName: string): GlobalId {
  const prefix = `${typeName}_`;
  return {
    encode: (uuid) => prefix + uuid,
    decode: (id) => {
      const uuid = id.startsWith(prefix) ? id.slice(prefix.length) : '';
      return UUID.test(uuid) ? uuid : undefined;
    },
  };
}

/** The type named in a global id; undefined where there is none. */
export function typeOfGlobalId(id: string): string | undefined {
  const at = id.lastIndexOf('_');
  return at > 0 && UUID.test(id.slice(at + 1)) ? id.slice(0, at) : undefined;
}
