/** How a field of a body stands in the contract. The API publishes it; no other app loads what makes a contract. */
export interface DescribedField {
  readonly body: object;
  readonly property: string | symbol;
  /** A JSON Schema, in which the class of a part stands as `type`. */
  readonly schema: object;
}

const described: DescribedField[] = [];

/** Describes a field for the contract. */
export function Described(schema: object): PropertyDecorator {
  return (body, property) => void described.push({ body, property, schema });
}

/** Every field of every body that has been declared. */
export const describedFields = (): readonly DescribedField[] => described;
