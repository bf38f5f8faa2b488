import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { Refused } from '#platform';
import type { Transaction } from './database.ts';
import { rowsOf } from './insert-statement.ts';
import { SentForm } from './tables/sent-form.ts';

/** A form of the console as it is sent. */
export interface Form {
  /** A UUID that the page gave it: two forms on a page have two. */
  readonly id: string;
  /** Which form it is, such as `rating`. */
  readonly kind: string;
  /** The answers in it, as JSON: by them a second sending is told from other words under the same id. */
  readonly answers: object;
  /** The id of the thing that it is about, if any. */
  readonly about?: string;
}

/** A sentence of ids and codes for the person who sent the form, such as a reference. */
export type FormAnswer = object;

/**
 * Does the work of a form once. A form that is sent twice (a second press, a reload, a lost answer) is answered as the
 * first time. Runs in the transaction of the work: a form whose work is refused has not been sent.
 *
 * @param form null where the act does not come from a form
 * @param work does it; null says that there was nothing to do, and the form can be sent again
 * @returns the answer of the first sending, and whether this was a repeat
 * @throws Refused `form-sent-before` when the form was sent with other answers, or by another person
 */
export async function once<A extends FormAnswer | null>(
  tx: Transaction,
  form: Form | null,
  work: () => Promise<A>,
): Promise<{ readonly answer: A; readonly isRepeat: boolean }> {
  if (form === null) return { answer: await work(), isRepeat: false };
  const sentBy = tx.actor.kind === 'staff' ? tx.actor.id : null;
  if (sentBy === null) throw new TypeError('only a person sends a form');
  await tx.lock('sentForm', form.id);
  const fingerprint = fingerprintOf(form.answers);
  const sent = await tx.one(SentForm, { id: form.id }, ['sentBy', 'kind', 'fingerprint', 'answer']);
  if (sent !== null) {
    // Forms from before the table was there have no fingerprint.
    const isSame = sent.fingerprint.length === 0 || sent.fingerprint.equals(fingerprint);
    if (sent.sentBy !== sentBy || sent.kind !== form.kind || !isSame) throw new Refused('form-sent-before');
    return { answer: sent.answer as A, isRepeat: true };
  }
  const answer = await work();
  if (answer !== null) {
    const { id, kind, about = null } = form;
    const row = { id, sentBy, kind, fingerprint, answer, about, sentAt: tx.now };
    await tx.insert(rowsOf(SentForm, row));
  }
  return { answer, isRepeat: false };
}

/** The answer that a form was given when it was sent; null when it has not been sent. */
export async function answerOf(tx: Transaction, formId: string): Promise<FormAnswer | null> {
  const sent = await tx.one(SentForm, { id: formId }, ['answer']);
  return sent === null ? null : (sent.answer ?? {});
}

function fingerprintOf(answers: object): Buffer {
  return createHash('sha256').update(canonicalize(answers)!).digest();
}
