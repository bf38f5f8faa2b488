import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';

/** What is wrong with a form: field by field, in its order, each with a message that says what to do. */
export type FormErrors = Readonly<Record<string, string>>;

/** A hidden field is not as we sent it. */
export const REOPEN = { message: 'Copy what you wrote, open this page again and send it from there' };

/** Reads a posted form. What the person typed comes back whatever is wrong with it. */
export function readForm<F extends object>(
  shape: ClassConstructor<F>,
  posted: unknown,
): { form: F; errors: FormErrors | null } {
  const text = Object.fromEntries(
    Object.entries((posted ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '').normalize('NFC') : '',
    ]),
  );
  const form = plainToInstance(shape, text, { exposeDefaultValues: true });
  const errors = Object.fromEntries(
    validateSync(form, { whitelist: true }).map(({ property, constraints }) => [
      property,
      Object.values(constraints ?? {})[0] ?? 'Check this answer',
    ]),
  );
  return { form, errors: Object.keys(errors).length === 0 ? null : errors };
}
