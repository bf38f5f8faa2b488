import fc from 'fast-check';
import { SCHEMAS } from '../contract.ts';

/** As much of JSON Schema as the bodies and parameters of the contract have. */
export interface ShapeOfValue {
  readonly $ref?: string;
  readonly allOf?: readonly ShapeOfValue[];
  readonly oneOf?: readonly ShapeOfValue[];
  readonly anyOf?: readonly ShapeOfValue[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ShapeOfValue;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, ShapeOfValue>>;
  readonly required?: readonly string[];
  readonly example?: unknown;
}

/** Texts are rarely longer than this: a hundred fields of 20,000 characters each are more than a body may be. */
const USUAL_LENGTH = 60;
const DAYS = { min: new Date('1990-01-01T00:00:00Z'), max: new Date('2028-01-01T00:00:00Z'), noInvalidDate: true };

/** Values that a schema of the contract allows: the example that it has, or any other. */
export function valueOf(schema: ShapeOfValue): fc.Arbitrary<unknown> {
  const whole = schema.$ref ?? schema.allOf?.find(({ $ref }) => $ref !== undefined)?.$ref;
  if (whole !== undefined) return valueOf(SCHEMAS[whole.split('/').at(-1)!] as ShapeOfValue);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return fc.oneof(...choices.map(valueOf));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const any = BY_TYPE[String(schema.type)]!(schema);
  if (schema.example === undefined || schema.type === 'object' || schema.type === 'array') return any;
  return fc.oneof({ weight: 2, arbitrary: fc.constant(schema.example) }, { weight: 1, arbitrary: any });
}

const BY_TYPE: Readonly<Record<string, (schema: ShapeOfValue) => fc.Arbitrary<unknown>>> = {
  boolean: () => fc.boolean(),
  integer: ({ minimum = -1_000, maximum = 1_000 }) => fc.integer({ min: minimum, max: maximum }),
  string: textOf,
  array: ({ items, minItems = 0, maxItems = 5, uniqueItems }) => {
    const bounds = { minLength: minItems, maxLength: Math.min(maxItems, Math.max(minItems, 3)) };
    return uniqueItems === true ? fc.uniqueArray(valueOf(items!), bounds) : fc.array(valueOf(items!), bounds);
  },
  object: ({ properties = {}, required = [] }) => {
    const values = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOf(one)]));
    return fc.record(values, { requiredKeys: [...required], noNullPrototype: true });
  },
};

function textOf({ format, pattern, minLength = 0, maxLength = 200 }: ShapeOfValue): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= maxLength);
  if (format === 'date') return fc.date(DAYS).map((day) => day.toISOString().slice(0, 10));
  if (format === 'date-time') return fc.date(DAYS).map((day) => day.toISOString());
  if (format === 'email') return fc.emailAddress();
  if (format === 'uuid') return fc.uuid();
  const unit = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...'abc xyz ÀŵÉł') },
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const usual = fc.string({ unit, minLength, maxLength: Math.min(maxLength, minLength + USUAL_LENGTH) });
  return fc.oneof({ weight: 30, arbitrary: usual }, fc.constant('w'.repeat(maxLength)));
}
