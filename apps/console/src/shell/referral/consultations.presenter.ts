import type { RecordedConsultation } from '#referrals';
import { codeInWords, dayInWords } from '../words/words.ts';

/** Advice that was given, as pages show it. @param when an instant in words */
export function presentAdvice(one: RecordedConsultation, when: (instant: Temporal.Instant) => string) {
  const { id, children, outcome, awaitedBy, referral, notExpected } = one;
  return {
    ...{ id, agency: one.agency, caller: one.caller, role: one.role, by: one.by, referral, notExpected },
    ...{ question: one.question, advice: one.advice },
    href: `/consultations?one=${id}`,
    at: when(one.at),
    outcome: codeInWords(outcome),
    children: children.map(({ firstName, lastName, dateOfBirth }) => {
      const name = `${firstName} ${lastName}`.trim();
      return dateOfBirth === null ? name : `${name}, born ${dayInWords(dateOfBirth)}`;
    }),
    awaitedBy: awaitedBy === null ? null : when(awaitedBy),
  };
}
