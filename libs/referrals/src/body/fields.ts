import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  buildMessage,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { codeInWords, lengthOf, normalisePostcode } from '#domain';
import { readEmailAddress, readTelephone } from '#platform';
import { Described } from './described-fields.ts';
import type { RuleContext } from './field-faults.ts';
import { isDateTime, isLocalDate } from './written-times.ts';

/**
 * The kinds of field that a referral has. Each is one decorator that validates the value and describes it for the
 * OpenAPI document, so that the two cannot differ. Messages never hold the value.
 */
export interface FieldOptions {
  readonly optional?: true;
  readonly description?: string;
  readonly example?: unknown;
}
/** Of a field that holds codes: what each is called, where that is not the code itself in words. */
interface CodeOptions extends FieldOptions {
  readonly words?: Readonly<Record<string, string>>;
}

export function field(
  { optional, description, example }: FieldOptions,
  schema: object,
  ...checks: PropertyDecorator[]
) {
  return applyDecorators(
    Described({
      ...schema,
      required: optional !== true,
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
    }),
    optional ? ValidateIf((_, value) => value !== undefined) : required,
    ...checks,
  );
}

export function check(
  name: string,
  message: string,
  validate: (value: unknown) => boolean,
  options?: ValidationOptions,
) {
  const context: RuleContext = options?.each ? { isBrokenBy: (item) => !validate(item) } : {};
  return ValidateBy(
    { name, validator: { validate, defaultMessage: buildMessage(() => message, options) } },
    { ...options, context },
  );
}

const required = check('required', 'Is required', (value) => value !== undefined);
export const isText = (value: unknown): value is string => typeof value === 'string';
const text = (options?: ValidationOptions) => check('text', 'Must be text', isText, options);
const atLeast = (min: number) =>
  check(
    'too_short',
    `Must have at least ${min} character${min === 1 ? '' : 's'}`,
    (value) => !isText(value) || lengthOf(value) >= min,
  );
export const atMost = (max: number, options?: ValidationOptions) =>
  check(
    'too_long',
    `Must have at most ${max} characters`,
    (value) => !isText(value) || lengthOf(value) <= max,
    options,
  );

/** UTF-16 code units; four times the longest text that is read so. A longer one is refused, and reading it would cost much. */
const LONGEST_READ = 2_000;

/** The value as it is stored; as it was sent where it cannot be read, for a check to refuse. */
export const storedAs = (read: (text: string) => string | null) =>
  Transform(({ value }: { value: unknown }) =>
    isText(value) && value.length <= LONGEST_READ ? (read(value) ?? value) : value,
  );

/** Texts of as many characters may have several lines; shorter ones, such as names, are one. */
const SEVERAL_LINES = 500;
const AROUND = /^[\s\u00AD\u200B-\u200D\u2060\uFEFF]+|[\s\u00AD\u200B-\u200D\u2060\uFEFF]+$/g;
const oneLine = (text: string) => text.replaceAll(AROUND, '').replaceAll(/\s+/g, ' ');
/** A date or a code as it was copied: with other dashes, or with what shows nothing around it. */
const copied = (text: string) =>
  text
    .replaceAll(/[\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim()
    .replaceAll(/[\p{Dash_Punctuation}\u2212]/gu, '-');

export function Text({ min, max, ...options }: FieldOptions & { min?: number; max: number }) {
  const schema = { type: 'string', maxLength: max, ...(min === undefined ? {} : { minLength: min }) };
  const tidy = max < SEVERAL_LINES ? [storedAs(oneLine)] : [];
  return field(options, schema, ...tidy, text(), atMost(max), ...(min === undefined ? [] : [atLeast(min)]));
}

export function Email({ max, ...options }: FieldOptions & { max: number }) {
  return field(
    options,
    { type: 'string', format: 'email', maxLength: max },
    storedAs(readEmailAddress),
    text(),
    atMost(max),
    check(
      'email',
      'Must be an e-mail address that mail can be sent to',
      (value) => !isText(value) || readEmailAddress(value) !== null,
    ),
  );
}

/** Stored in E.164. */
export function Telephone({ max, ...options }: FieldOptions & { max: number }) {
  return field(
    options,
    { type: 'string', maxLength: max },
    storedAs(readTelephone),
    text(),
    atMost(max),
    check(
      'telephone',
      'Must be one telephone number with its area code, or with + and the code of its country',
      (value) => !isText(value) || readTelephone(value) !== null,
    ),
  );
}

/** One of the United Kingdom is stored with one space; one of another country as it was written. */
export function Postcode({ max, ...options }: FieldOptions & { max: number }) {
  return field(
    options,
    { type: 'string', maxLength: max },
    storedAs((text) => normalisePostcode(text) ?? oneLine(text)),
    text(),
    atMost(max),
  );
}

export function LocalDate(options: FieldOptions) {
  return field(
    options,
    { type: 'string', format: 'date' },
    storedAs(copied),
    check('date', 'Must be a date that exists, written YYYY-MM-DD', isLocalDate),
  );
}

export function DateTime(options: FieldOptions) {
  return field(
    options,
    { type: 'string', format: 'date-time' },
    storedAs(copied),
    check('date_time', 'Must be an RFC 3339 date and time with its offset', isDateTime),
  );
}

export function DateOrDateTime(options: FieldOptions) {
  return field(
    options,
    { type: 'string', maxLength: 40, pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt].+)?$' },
    check(
      'date_or_date_time',
      'Must be a date, or an RFC 3339 date and time with its offset',
      (value) => isLocalDate(value) || isDateTime(value),
    ),
  );
}

export function Whole({ min, max, ...options }: FieldOptions & { min: number; max: number }) {
  const message = `Must be a whole number from ${min} to ${max}`;
  return field(
    options,
    { type: 'integer', minimum: min, maximum: max },
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

/** Stored in lower case. */
export function Sha256(options: FieldOptions) {
  return field(
    options,
    { type: 'string', pattern: '^[0-9a-fA-F]{64}$' },
    storedAs((text) => copied(text).toLowerCase()),
    check(
      'sha256',
      'Must be a SHA-256 in 64 hexadecimal digits',
      (value) => isText(value) && /^[0-9a-f]{64}$/.test(value),
    ),
  );
}

export function YesOrNo(options: FieldOptions) {
  return field(options, { type: 'boolean' }, IsBoolean({ message: 'Must be true or false' }));
}

/** A list of codes in the OpenAPI document, with what each is called. */
function coded(codes: readonly string[], words: Readonly<Record<string, string>>) {
  const inWords = Object.fromEntries(codes.map((code) => [code, words[code] ?? codeInWords(code)]));
  return { type: 'string', enum: [...codes], 'x-enumDescriptions': inWords };
}

export function OneOf(codes: readonly string[], { words = {}, ...options }: CodeOptions = {}) {
  return field(
    options,
    coded(codes, words),
    storedAs(copied),
    IsIn(codes, { message: `Must be one of ${codes.join(', ')}`, context: { codes } satisfies RuleContext }),
  );
}

const REPEATS: RuleContext = { isBrokenBy: (item, index, items) => items.indexOf(item) < index };
const notOf = (codes: readonly string[]): RuleContext => ({
  isBrokenBy: (item) => !codes.includes(item as string),
  codes,
});

export function SomeOf(
  codes: readonly string[],
  { min = 0, words = {}, ...options }: CodeOptions & { min?: number } = {},
) {
  return field(
    options,
    { type: 'array', uniqueItems: true, minItems: min, maxItems: codes.length, items: coded(codes, words) },
    IsArray({ message: 'Must be a list' }),
    ArrayMinSize(min, { message: `Must have at least ${min}` }),
    ArrayUnique({ message: 'Must not repeat an item', context: REPEATS }),
    IsIn(codes, { each: true, message: `Must be one of ${codes.join(', ')}`, context: notOf(codes) }),
  );
}

export function Texts({ maxItems, max, ...options }: FieldOptions & { maxItems: number; max: number }) {
  return field(
    options,
    { type: 'array', minItems: 0, maxItems, items: { type: 'string', maxLength: max } },
    IsArray({ message: 'Must be a list' }),
    ArrayMaxSize(maxItems, { message: `Must have at most ${maxItems}` }),
    text({ each: true }),
    atMost(max, { each: true }),
  );
}

const isPlainObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (options?: ValidationOptions) => check('object', 'Must be an object', isPlainObject, options);

export function Part(shape: () => new () => object, options: FieldOptions = {}) {
  return field(options, { type: shape() }, object(), ValidateNested(), Type(shape));
}

export function Parts(
  shape: () => new () => object,
  { min = 0, max, ...options }: FieldOptions & { min?: number; max: number },
) {
  return field(
    options,
    { type: [shape()], minItems: min, maxItems: max },
    IsArray({ message: 'Must be a list' }),
    ArrayMinSize(min, { message: `Must have at least ${min}` }),
    ArrayMaxSize(max, { message: `Must have at most ${max}` }),
    object({ each: true }),
    ValidateNested({ each: true }),
    Type(shape),
  );
}
