import type { FormWindow, Typed } from '#work';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { isUUID, validateSync } from 'class-validator';

/** What is wrong with a form: field by field, in its order, each with a message that says what to do. */
export type FormErrors = Readonly<Record<string, string>>;

/** A hidden field is not as we sent it. */
export const REOPEN = { message: 'Copy what you wrote, open this page again and send it from there' };

/** Never from a form: our token, its window, and what only the server says of a draft. */
const NOT_TYPED = ['_csrf', 'draftWindow', 'draftBegan', 'pausedFor'];

/** What was posted, field by field, as text that can be kept: whole, without NUL, in Unicode's composed form. */
export function typedIn(posted: unknown): Typed {
  return Object.fromEntries(
    Object.entries((posted ?? {}) as Record<string, unknown>)
      .filter(([name]) => !NOT_TYPED.includes(name))
      .map(([name, value]) => [
        name,
        typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '').normalize('NFC') : '',
      ]),
  );
}

/** The window that a form with a draft was sent from, or saved in. */
export function windowOf(posted: unknown): FormWindow | undefined {
  const { draftWindow: id, draftBegan: began } = (posted ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && isUUID(id, 'all') && typeof began === 'string' ? { id, began } : undefined;
}

/** When the page was made that a form was sent from; undefined where the form does not say. */
export function pageMadeAt(posted: unknown): Temporal.Instant | undefined {
  const { madeAt = '' } = typedIn(posted);
  return /^\d{1,14}$/.test(madeAt) ? Temporal.Instant.fromEpochMilliseconds(Number(madeAt)) : undefined;
}

/** Reads a posted form. What the person typed comes back whatever is wrong with it. */
export function readForm<F extends object>(
  shape: ClassConstructor<F>,
  posted: unknown,
): { form: F; errors: FormErrors | null } {
  const form = plainToInstance(shape, typedIn(posted), { exposeDefaultValues: true });
  const errors = Object.fromEntries(
    validateSync(form, { whitelist: true }).map(({ property, constraints }) => [
      property,
      Object.values(constraints ?? {})[0] ?? 'Check this answer',
    ]),
  );
  return { form, errors: Object.keys(errors).length === 0 ? null : errors };
}

/** The errors as the summary at the top of a page lists them. */
export function errorList(errors: FormErrors | null) {
  return errors && Object.entries(errors).map(([name, text]) => ({ href: `#${name}`, text }));
}
