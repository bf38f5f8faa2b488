import type { RecordedDecision } from '#referrals';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { codeInWords } from '../../shell/words/words.ts';

/** A decision as pages show it. @param when an instant in words */
export function presentDecision(decision: RecordedDecision, when: (instant: Temporal.Instant) => string) {
  const { outcome, thresholdLevel, rationale, by, at, signOffReasons, signOff, undoneAt } = decision;
  return {
    outcome: codeInWords(outcome),
    thresholdLevel,
    rationale,
    contradictionReason: decision.contradictionReason,
    analysis: summaryListOrNone(
      [
        { key: 'What are we worried about?', value: decision.worries },
        { key: 'What is working well?', value: decision.workingWell },
        { key: 'What needs to happen?', value: decision.needsToHappen },
        { key: 'How safe is it, from 0 to 10?', value: decision.safetyScale },
        { key: 'The child’s voice', value: decision.childsVoice },
      ].flatMap(({ key, value }) => (value === null ? [] : [{ key, value }])),
    ),
    undone: undoneAt && when(undoneAt),
    by,
    at: when(at),
    signOffReasons: signOffReasons.map(codeInWords),
    signOff: signOff && { ...signOff, at: when(Temporal.Instant.from(signOff.at)) },
  };
}
