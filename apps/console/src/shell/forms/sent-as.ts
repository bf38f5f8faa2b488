import { createHash } from 'node:crypto';

/** The id of a form for the command of a use case; nothing where the page gave the form none. */
export function sentAs(formId: string | undefined): { readonly formId?: string } {
  return formId === undefined ? {} : { formId };
}

/**
 * The id of the second act of a form that does two, such as to skip a referral and to take the next one. The same for
 * every sending of the form, as its own id is.
 */
export function nextOf(formId: string | undefined): string | undefined {
  if (formId === undefined) return undefined;
  const hash = createHash('sha256').update(`${formId} next`).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
