import type { ReturnedColumn } from './describe-statement.ts';
import type { ColumnKind, DeclaredColumn } from './find-statements.ts';

/** PostgreSQL's numbers of the types that our code reads as each kind. */
const TYPES: Readonly<Record<ColumnKind, readonly number[]>> = {
  // name, text, varchar, date, uuid
  text: [19, 25, 1043, 1082, 2950],
  // int8, int2, int4, float4, float8; a numeric would be read as text
  number: [20, 21, 23, 700, 701],
  boolean: [16],
  // timestamptz
  instant: [1184],
  bytes: [17],
  // json, jsonb
  json: [114, 3802],
  // json, jsonb, and the arrays of int4, text, uuid
  list: [114, 3802, 1007, 1009, 2951],
};

/**
 * The differences between the columns that a statement returns and those that the code declares, in words; empty when
 * there are none.
 */
export function faultsOf(
  returned: readonly ReturnedColumn[],
  declared: readonly DeclaredColumn[] | null,
): readonly string[] {
  if (declared === null) return [];
  const missing = declared
    .filter(({ name, isOptional }) => !isOptional && !returned.some((column) => column.name === name))
    .map(({ name }) => `the code reads ${name}, which is not returned`);
  const others = returned.flatMap(({ name, dataTypeID }) => {
    const column = declared.find((one) => one.name === name);
    if (column === undefined) return [`${name} is returned, and the code does not read it`];
    const fits = column.kind === null || TYPES[column.kind].includes(dataTypeID);
    return fits ? [] : [`${name} is of PostgreSQL's type ${dataTypeID}, and the code reads it as ${column.kind}`];
  });
  return [...missing, ...others];
}
