import type { AdditionLine } from '#partners';
import { codeInWords, inside } from '../words/words.ts';

/** What the agency that referred has added since, the latest first. @param when an instant in words */
export function presentAdditions(additions: readonly AdditionLine[], when: (instant: Temporal.Instant) => string) {
  return additions.map((one) => {
    const { id, kind, words, saidBy, agency, pointer, rightValue, cameAfterDecision, note } = one;
    return {
      ...{ id, words, saidBy, agency, rightValue, cameAfterDecision },
      isWithdrawal: kind === 'withdrawal',
      isFile: kind === 'attachment',
      place: pointer === null ? null : placeInWords(pointer),
      at: when(one.addedAt),
      isUnread: cameAfterDecision && note === null,
      reading: note === null ? null : { by: one.readBy!, at: when(one.readAt!), note },
    };
  });
}

const ONE_OF: Readonly<Record<string, string>> = {
  children: 'Child',
  adults: 'Adult',
  otherAgencies: 'Other agency',
};

/** A place of a referral, such as `Child 1, date of birth`. @param pointer RFC 6901, of a field that a referral has */
export function placeInWords(pointer: string): string {
  const names = pointer.split('/').slice(1);
  const parts: string[] = [];
  for (const name of names) {
    const isPlace = /^\d+$/.test(name) && parts.length > 0;
    if (isPlace) parts.push(`${parts.pop()!} ${Number(name) + 1}`);
    else parts.push(ONE_OF[name] ?? codeInWords(name));
  }
  return parts.map((part, at) => (at === 0 ? part : inside(part))).join(', ');
}
