/** The id of a form for the command of a use case; nothing where the page gave the form none. */
export function sentAs(formId: string | undefined): { readonly formId?: string } {
  return formId === undefined ? {} : { formId };
}
