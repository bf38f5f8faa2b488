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
  /** The answers in it, as JSON: a second sending has the same ones, and other answers under the same id are refused. */
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
 * @param work does it; null says that there was nothing to do, and the form can be sent again
 * @returns the answer of the first sending, and whether this was a repeat
 * @throws Refused `form-sent-before` when the form was sent with other answers, or by another person
 */
export async function once<A extends FormAnswer | null>(
  tx: Transaction,
  form: Form,
  work: () => Promise<A>,
): Promise<{ readonly answer: A; readonly isRepeat: boolean }> {
  const person = sentBy(tx);
  await tx.lock('sentForm', form.id);
  const fingerprint = fingerprintOf(form.answers);
  const sent = await tx.one(SentForm, { id: form.id }, ['sentBy', 'kind', 'fingerprint', 'answer']);
  if (sent !== null) {
    // Forms from before the table was there have no fingerprint.
    const isSame = sent.fingerprint.length === 0 || sent.fingerprint.equals(fingerprint);
    if (sent.sentBy !== person || sent.kind !== form.kind || !isSame) throw new Refused('form-sent-before');
    return { answer: sent.answer as A, isRepeat: true };
  }
  const answer = await work();
  if (answer !== null) {
    const { id, kind, about = null } = form;
    const row = { id, sentBy: person, kind, fingerprint, answer, about, sentAt: tx.now };
    await tx.insert(rowsOf(SentForm, row));
  }
  return { answer, isRepeat: false };
}

/** The answer that a form was given when this person sent it; null when they have not sent it. */
export async function answerOf(tx: Transaction, formId: string): Promise<FormAnswer | null> {
  const sent = await tx.one(SentForm, { id: formId, sentBy: sentBy(tx) }, ['answer']);
  return sent === null ? null : (sent.answer ?? {});
}

/**
 * The id of the act that follows a form's own, such as to take the next referral after one was skipped. It is the same
 * for every sending of the form.
 *
 * @param formId a UUID
 * @returns a UUID
 */
export function followingForm(formId: string): string {
  const hash = createHash('sha256').update(`${formId} next`).digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function sentBy(tx: Transaction): string {
  if (tx.actor.kind !== 'staff') throw new TypeError('only a person sends a form');
  return tx.actor.id;
}

function fingerprintOf(answers: object): Buffer {
  return createHash('sha256').update(canonicalize(answers)!).digest();
}
