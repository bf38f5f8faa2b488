import { isBlank, lateReasonCode, OTHER_REASON, OUTCOMES, type Outcome, type RecordingRules } from '#domain';
import type { Typed } from '#work';

/** The names of the fields: what an outcome counts as, and the words of a reason for lateness by its code. */
export const progressionField = (outcome: Outcome) => `progression.${outcome}`;
export const lateField = (code: string) => `late.${code}`;

const LATE = lateField('');
/** Rows for reasons that are new. No code begins like them. */
const NEW = ['+1', '+2', '+3'] as const;

/** What the form shows for what is recorded with a decision. */
export function recordingToFields({ progressions, lateReasons }: RecordingRules): Typed {
  return Object.fromEntries([
    ...OUTCOMES.map((outcome) => [progressionField(outcome), progressions[outcome]] as const),
    ...lateReasons.map(({ code, words }) => [lateField(code), words] as const),
  ]);
}

/** The codes of the reasons that the form has a field for: those of the policy, with the new ones before the last. */
export function lateCodesIn(fields: Typed): readonly string[] {
  const codes = Object.keys(fields)
    .filter((name) => name.startsWith(LATE))
    .map((name) => name.slice(LATE.length));
  const listed = codes.filter((code) => code !== OTHER_REASON && !isNew(code));
  return [...listed, ...NEW, OTHER_REASON];
}

export function isNew(code: string): boolean {
  return (NEW as readonly string[]).includes(code);
}

/** What a posted form stands for. A reason without words is removed; a form without the fields changes nothing. */
export function recordingFromFields(fields: Typed, base: RecordingRules): RecordingRules {
  const progressions = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, fields[progressionField(outcome)] ?? base.progressions[outcome]]),
  ) as RecordingRules['progressions'];
  if (!Object.keys(fields).some((name) => name.startsWith(LATE))) return { ...base, progressions };
  const codes = lateCodesIn(fields);
  const taken = [...codes];
  const lateReasons = codes.flatMap((code) => {
    const words = (fields[lateField(code)] ?? '').trim();
    if (isBlank(words)) return [];
    if (!isNew(code)) return [{ code, words }];
    const made = lateReasonCode(words, taken);
    taken.push(made);
    return [{ code: made, words }];
  });
  return { progressions, lateReasons };
}

/** The field that a fault is shown at; null for a fault of another part of the policy. */
export function fieldOfRecording(at: string): string | null {
  if (at === 'progressions') return progressionField(OUTCOMES[0]);
  return at === 'lateReasons' ? lateField(OTHER_REASON) : null;
}
