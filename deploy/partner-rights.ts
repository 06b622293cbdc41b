import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, declaredAccess, mayUse } from '@waybill/kernel/graphql/access.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { buildSchema, Kind, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { PROJECT_ROOT } from './paths.js';

const schemaFolder = join(PROJECT_ROOT, 'schema');

/** What every partner is to subgraphs, whichever key it comes with. */
const ANY_PARTNER: Identity = { kind: 'partner', partnerId: '', keyId: '', scopes: [] };

/** The fields of a valid operation that are not for partners, as `Type.field` and who they are for. */
export type ForbiddenFields = (text: string) => Array<{ field: string; access: Access }>;

/** Reads who may use what from the contracts of the subgraphs. */
export function forbiddenFields(): ForbiddenFields {
  const schema = buildSchema(readFileSync(join(schemaFolder, 'api.graphql'), 'utf8'));
  const declared = declaredAccesses();
  return (text) => {
    const forbidden = new Map<string, Access>();
    const info = new TypeInfo(schema);
    const enter = () => {
      const field = `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
      const access = declared.get(field);
      if (access && !mayUse(ANY_PARTNER, access)) forbidden.set(field, access);
    };
    visit(parse(text), visitWithTypeInfo(info, { Field: enter }));
    return [...forbidden].map(([field, access]) => ({ field, access }));
  };
}

/** A field says it itself, or its type does for it. */
function declaredAccesses(): Map<string, Access> {
  const declared = new Map<string, Access>();
  const folder = join(schemaFolder, 'subgraphs');
  const documents = readdirSync(folder).map((file) =>
    parse(readFileSync(join(folder, file), 'utf8')),
  );
  for (const type of documents.flatMap(({ definitions }) => definitions)) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const ofType = declaredAccess(type);
    for (const field of type.fields ?? []) {
      const access = declaredAccess(field) ?? ofType;
      if (access) declared.set(`${type.name.value}.${field.name.value}`, access);
    }
  }
  return declared;
}
