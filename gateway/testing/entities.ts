type Row = Readonly<Record<string, unknown>>;

/** Resolves references to rows in memory by whatever they have in common, and keeps what was sent along. */
export function entities(rows: readonly Row[]) {
  return {
    __resolveReference: (reference: Row) => {
      const row = rows.find((each) => isMeant(each, reference));
      return row ? { ...reference, ...row } : null;
    },
  };
}

/** Whether the row agrees with the reference in every field both have, and in one at least. */
function isMeant(row: Row, { __typename, ...reference }: Row): boolean {
  const shared = Object.keys(reference).filter((key) => row[key] !== undefined);
  return shared.length > 0 && shared.every((key) => agrees(row[key], reference[key]));
}

function agrees(own: unknown, sent: unknown): boolean {
  if (typeof own !== 'object' || typeof sent !== 'object' || !own || !sent) return own === sent;
  return Object.entries(sent).every(([key, value]) => agrees((own as Row)[key], value));
}
