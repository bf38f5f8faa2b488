import { once, type Form, type Transaction } from '#store';

/** The form of the console that asks for an act, a UUID; null where the command line asks, each time anew. */
export type FormOrNone = string | null;

/**
 * Does an act once for the form of the console that asks for it.
 *
 * @returns the answer of the first sending
 * @throws Refused `form-sent-before`, and what the work throws
 */
export async function sentOnce<A extends object>(
  tx: Transaction,
  formId: FormOrNone,
  { kind, answers }: Pick<Form, 'kind' | 'answers'>,
  work: () => Promise<A>,
): Promise<A> {
  return formId === null ? work() : (await once(tx, { id: formId, kind, answers }, work)).answer;
}
