import { CASE_RESULT_WORDS, isKnownThere } from '#domain';
import { submittedName, type CaseCheckLine, type ReferralPage } from '#referrals';
import { dayInWords } from '../words/words.ts';

/** Each child of a referral with what the case system says of it, a sentence a look. @param when an instant in words */
export function presentCaseChecks({ children, caseChecks }: ReferralPage, when: (instant: Temporal.Instant) => string) {
  return children.map((child, at) => {
    const [latest, ...before] = caseChecks.filter(({ position }) => position === at);
    return {
      name: submittedName(child) || `Child ${at + 1}, name not known`,
      born: child.dateOfBirth === undefined ? null : `born ${dayInWords(child.dateOfBirth)}`,
      isChecked: latest !== undefined,
      words: latest === undefined ? 'Not looked for in the case system yet.' : checkInWords(latest, when),
      before: before.map((one) => checkInWords(one, when)),
      // To whom an open child goes.
      worker: latest?.result === 'open' ? whoHas(latest) : null,
    };
  });
}

/** Such as `Known, open, number 12345, with Ann Lee, North team. Sol Worker, 10:05am.` */
function checkInWords(check: CaseCheckLine, when: (instant: Temporal.Instant) => string): string {
  const { result, caseNumber, reason, by, at } = check;
  const said = [
    CASE_RESULT_WORDS[result],
    ...(caseNumber === null ? [] : [`number ${caseNumber}`]),
    ...(isKnownThere(result) && whoHas(check) !== '' ? [`with ${whoHas(check)}`] : []),
  ].join(', ');
  return `${said}${reason === null ? '' : `: ${reason}`}. ${by}, ${when(at)}.`;
}

function whoHas({ worker, team }: CaseCheckLine): string {
  return [worker, team].filter((one) => one !== null).join(', ');
}
