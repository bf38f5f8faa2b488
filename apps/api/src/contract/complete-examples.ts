/** As much of a JSON Schema as the contract's own schemas have. */
export interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  additionalProperties?: boolean;
}

/** Gives every property that holds an object, or a list of them, the example that its own properties make. */
export function completeExamples(schemas: Readonly<Record<string, Schema>>): void {
  const exampleOf = (schema: Schema): unknown => {
    if (schema.example !== undefined) return schema.example;
    const ref = schema.$ref ?? schema.allOf?.find(({ $ref }) => $ref !== undefined)?.$ref;
    if (ref !== undefined) return exampleOf(schemas[ref.split('/').at(-1)!]!);
    if (schema.items !== undefined) return [exampleOf(schema.items)];
    const { properties = {}, required = [] } = schema;
    // Of an object without required properties the first two do.
    const names = required.length > 0 ? required : Object.keys(properties).slice(0, 2);
    return Object.fromEntries(names.map((name) => [name, exampleOf(properties[name]!)]));
  };
  for (const schema of Object.values(schemas)) {
    for (const property of Object.values(schema.properties ?? {})) property.example ??= exampleOf(property);
  }
}
