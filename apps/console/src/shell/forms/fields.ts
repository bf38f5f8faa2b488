import 'reflect-metadata';
import { Allow } from 'class-validator';
import { Transform, type ClassConstructor } from 'class-transformer';

const HIDDEN = Symbol('hidden fields');
const HIDDEN_NAMES = Symbol('names of hidden fields');
const LISTS = Symbol('lists');

type Body = Readonly<Record<string, unknown>>;

/** A field that is a list, and how it is read from what was posted. */
interface List {
  readonly name: string;
  readonly read: (body: Body) => readonly unknown[];
}

/** A field that the page itself puts into its form: it is no answer of the person. */
export const Hidden = (): PropertyDecorator => (form, name) => add(HIDDEN, form, name, String(name));

/** For a form whose hidden fields have names that only their pattern tells. */
export const HiddenNames =
  (pattern: RegExp): ClassDecorator =>
  (form) =>
    Reflect.defineMetadata(HIDDEN_NAMES, pattern, form.prototype as object);

/** A field that the form may have several times: it is read as a list of texts. */
export const Several = (): PropertyDecorator => list((body, name) => [body[name] ?? []].flat());

/** Codes with a checkbox each, such as `day.mon` and `day.tue`: read as the list of those that are ticked. */
export const Ticked = (prefix: string, codes: readonly string[]): PropertyDecorator =>
  list((body) => codes.filter((code) => body[`${prefix}.${code}`] === 'yes'));

/** Fields whose names begin alike, such as `with.a` and `with.b`: what was posted in them, in the order of the form. */
export const Beginning = (prefix: string): PropertyDecorator =>
  list((body) =>
    Object.entries(body)
      .filter(([name]) => name.startsWith(`${prefix}.`))
      .map(([, value]) => value),
  );

/** The same, each with what its name ends in: `years.R1f` with 7 in it is read as `R1f=7`. */
export const Named = (prefix: string): PropertyDecorator =>
  list((body) =>
    Object.entries(body)
      .filter(([name]) => name.startsWith(`${prefix}.`))
      .map(([name, value]) => `${name.slice(prefix.length + 1)}=${String(value)}`),
  );

/** What {@link Named} read, by name. */
export function byName(named: readonly string[]): ReadonlyMap<string, string> {
  return new Map(named.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
}

/** A text that counts without the white space around it. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

export function isHidden(form: ClassConstructor<object>, name: string): boolean {
  const pattern = Reflect.getMetadata(HIDDEN_NAMES, form.prototype as object) as RegExp | undefined;
  return of<string>(HIDDEN, form.prototype as object).includes(name) || pattern?.test(name) === true;
}

/** The fields of a form that are lists. */
export function listsIn(form: ClassConstructor<object>): readonly List[] {
  return of<List>(LISTS, form.prototype as object);
}

function list(read: (body: Body, name: string) => readonly unknown[]): PropertyDecorator {
  return (form, property) => {
    const name = String(property);
    add<List>(LISTS, form, property, { name, read: (body) => read(body, name) });
  };
}

/** Notes a field beside those of the form that this one extends. */
function add<T>(kind: symbol, form: object, property: string | symbol, noted: T): void {
  Reflect.defineMetadata(kind, [...of<T>(kind, form), noted], form);
  // class-validator leaves out a field that it knows nothing of.
  Allow()(form, String(property));
}

function of<T>(kind: symbol, form: object): readonly T[] {
  return (Reflect.getMetadata(kind, form) as readonly T[] | undefined) ?? [];
}
