import {
  OTHER_REASON,
  OUTCOMES,
  PROGRESSION_WORDS,
  PROGRESSIONS,
  type RecordingRules,
  type RuleChanges,
} from '#domain';
import type { Typed } from '#work';
import type { InputArgs, SelectArgs } from '../../shell/govuk/args.ts';
import { codeInWords } from '../../shell/words/words.ts';
import { isNew, lateCodesIn, lateField, progressionField } from './recording-rules.form.ts';

/** What is recorded with a decision, as the page of the policy says it. */
export function presentRecording({ progressions, lateReasons }: RecordingRules) {
  return {
    progressions: OUTCOMES.map((outcome) => ({
      outcome: codeInWords(outcome),
      countsAs: PROGRESSION_WORDS[progressions[outcome]],
    })),
    lateReasons: lateReasons.map(({ words }) => words),
  };
}

/** The fields of what is recorded with a decision. */
export function presentRecordingFields(fields: Typed) {
  return {
    progressions: OUTCOMES.map((outcome): SelectArgs => {
      const name = progressionField(outcome);
      return {
        ...{ id: name, name, value: fields[name] ?? '' },
        label: { text: `${codeInWords(outcome)} counts as` },
        items: PROGRESSIONS.map((value) => ({ value, text: PROGRESSION_WORDS[value] })),
      };
    }),
    lateReasons: lateCodesIn(fields).map((code, index): InputArgs => {
      const name = lateField(code);
      return {
        ...{ id: name, name, value: fields[name] ?? '', classes: 'govuk-input--width-30' },
        label: { text: labelOf(code, index) },
      };
    }),
  };
}

function labelOf(code: string, index: number): string {
  if (code === OTHER_REASON) return 'The last reason, which every list has';
  return isNew(code) ? `New reason ${code.slice(1)}` : `Reason ${index + 1}`;
}

/** How a version changes it, a sentence each. */
export function presentRecordingChanges({ progressions, lateReasons }: RuleChanges): readonly string[] {
  return [
    ...progressions.map(
      ({ outcome, progression }) =>
        `Proposed from then on: ${codeInWords(outcome)} counts as “${PROGRESSION_WORDS[progression]}”`,
    ),
    ...lateReasons.added.map(({ words }) => `A reason for lateness from then on: ${words}`),
    ...lateReasons.removed.map(({ words }) => `A reason for lateness no longer: ${words}`),
  ];
}
