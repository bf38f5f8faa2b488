import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { SentForm } from '#store';
import type { World } from './world.ts';

/** A form of the console that was sent, as `once` of libs/store keeps it. @returns its id */
export function sentForm(
  { rows, ids }: World,
  at: Temporal.Instant,
  form: { readonly kind: string; readonly by: string; readonly answers: object; readonly answer: object },
): string {
  const { kind, by: sentBy, answers, answer } = form;
  const id = ids.at(at);
  const fingerprint = createHash('sha256').update(canonicalize(answers)!).digest();
  rows.add(SentForm, { id, sentBy, kind, fingerprint, answer, about: null, sentAt: at });
  return id;
}
