import type { FormWindow, Typed } from '#work';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { isUUID, validateSync } from 'class-validator';
import { isBlank, withoutControls } from '#domain';
import { listsIn } from './fields.ts';

/** What is wrong with a form: field by field, in its order, each with a message that says what to do. */
export type FormErrors = Readonly<Record<string, string>>;

/** For a hidden field that is not as the page put it there. */
export const REOPEN = { message: 'Copy what you wrote, open this page again and send it from there' };

/** A form as a person sent it. */
export interface Posted<F> {
  readonly form: F;
  /** Null when nothing is wrong with it. */
  readonly errors: FormErrors | null;
  /** Every field as it was typed, with its faults. */
  readonly typed: Typed;
  /** The window of a form with a draft; undefined where the form has none. */
  readonly window: FormWindow | undefined;
}

/** What the page of a form with a draft says of itself: its window, and the draft that it began with. */
const WINDOW = ['draftWindow', 'draftBegan'] as const;

/**
 * Reads a posted form: the one place where what a browser sends becomes fields.
 *
 * @param shape a class whose fields have class-validator's decorators; what it does not name is only in `typed`
 * @param posted the body of a request, or the answers of a draft
 */
export function readForm<F extends object>(shape: ClassConstructor<F>, posted: unknown): Posted<F> {
  const body = (posted ?? {}) as Readonly<Record<string, unknown>>;
  const typed = typedIn(body);
  const lists = listsIn(shape).map(({ name, read }) => [name, read(body).map(cleaned)] as const);
  const source = { ...typed, ...Object.fromEntries(lists) };
  const form = plainToInstance(shape, source, { exposeDefaultValues: true });
  const errors = Object.fromEntries(
    validateSync(form, { whitelist: true }).map(({ property, constraints }) => [
      property,
      Object.values(constraints ?? {})[0] ?? 'Check this answer',
    ]),
  );
  return {
    form,
    errors: Object.keys(errors).length === 0 ? null : errors,
    typed,
    window: windowIn(body),
  };
}

/**
 * Every field, as text that can be kept. A name that begins with an underscore is the console's own, such as the token
 * of the session, and is never read from a form.
 */
function typedIn(body: Readonly<Record<string, unknown>>): Typed {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !name.startsWith('_') && !(WINDOW as readonly string[]).includes(name))
      .map(([name, value]) => [name, cleaned(value)]),
  );
}

/** As the text is stored; what no keyboard types is left out. A text that shows nothing is empty. */
function cleaned(value: unknown): string {
  return typeof value === 'string' && !isBlank(value) ? withoutControls(value) : '';
}

function windowIn(body: Readonly<Record<string, unknown>>): FormWindow | undefined {
  const [id, began] = WINDOW.map((name) => body[name]);
  return typeof id === 'string' && isUUID(id, 'all') && typeof began === 'string' ? { id, began } : undefined;
}
