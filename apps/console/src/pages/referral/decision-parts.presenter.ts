import { DEFAULT_RECORDING_RULES, PRIMARY_NEED_WORDS, PROGRESSION_WORDS } from '#domain';
import type { RecordedDecision } from '#referrals';
import { summaryList, summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { childrenInWords } from '../decision/each-child.presenter.ts';
import { codeInWords } from '../../shell/words/words.ts';

/** A decision as pages show it. @param names of the children @param when an instant in words */
export function presentDecision(
  decision: RecordedDecision,
  names: readonly string[],
  when: (instant: Temporal.Instant) => string,
) {
  const { outcome, thresholdLevel, rationale, by, at, signOffReasons, signOff, undoneAt } = decision;
  return {
    outcome: codeInWords(outcome),
    thresholdLevel,
    rationale,
    contradictionReason: decision.contradictionReason,
    noDiscussionReason: decision.noDiscussionReason,
    openCaseReason: decision.openCaseReason,
    madeWithout: decision.madeWithout,
    counting: summaryList(countingOf(decision)),
    analysis: summaryListOrNone(
      [
        { key: 'What are we worried about?', value: decision.worries },
        { key: 'What is working well?', value: decision.workingWell },
        { key: 'What needs to happen?', value: decision.needsToHappen },
        { key: 'How safe is it, from 0 to 10?', value: decision.safetyScale },
        { key: 'The child’s voice', value: decision.childsVoice },
        { key: 'Written for the referrer', value: decision.reasonToReferrer },
      ].flatMap(({ key, value }) => (value === null ? [] : [{ key, value }])),
    ),
    children: childrenInWords(decision.children, names),
    decidedWith: decision.decidedWith,
    undone: undoneAt && when(undoneAt),
    by,
    at: when(at),
    signOffReasons: signOffReasons.map(codeInWords),
    signOff: signOff && { ...signOff, at: when(Temporal.Instant.from(signOff.at)) },
  };
}

/** What is not on the record is said to be so, and never guessed. */
const NOT_RECORDED = 'Not recorded';

/** What a decision counts as, the primary need, and why it is late where it is. */
function countingOf(decision: RecordedDecision) {
  const { progression, primaryNeed } = decision;
  const isLate = decision.wasLate || decision.lateReason !== null;
  const need = primaryNeed === null ? 'None named' : PRIMARY_NEED_WORDS[primaryNeed];
  return [
    { key: 'What it counts as', value: progression === null ? NOT_RECORDED : PROGRESSION_WORDS[progression] },
    { key: 'Primary need', value: progression === null ? NOT_RECORDED : need },
    ...whereItGoes(decision),
    ...(isLate ? [{ key: 'Why it is late', value: whyLate(decision) }] : []),
  ];
}

/** Only what the decider chose: the rest is by the address. */
function whereItGoes({ chosenRoute }: RecordedDecision) {
  if (chosenRoute === null) return [];
  const { name, reason } = chosenRoute;
  return [{ key: 'Where it goes', value: reason === null ? name : `${name}: ${reason}` }];
}

function whyLate({ lateReason, lateReasonWords, lateWords, progression }: RecordedDecision): string {
  if (lateReason === null) return progression === null ? NOT_RECORDED : 'No reason was given';
  const shipped = DEFAULT_RECORDING_RULES.lateReasons.find(({ code }) => code === lateReason)?.words;
  const reason = lateReasonWords ?? shipped ?? codeInWords(lateReason);
  return lateWords === null ? reason : `${reason}. ${lateWords}`;
}
