import {
  OUTCOMES,
  SIGN_OFF_REASONS,
  THRESHOLD_LEVELS,
  type DecisionRules,
  type Outcome,
  type RecordingRules,
  type SignOffReason,
  type ThresholdLevel,
} from '#domain';
import type { Typed } from '#work';
import { fieldOfRecording, recordingFromFields, recordingToFields } from './recording-rules.form.ts';

/** The names of the checkboxes: each posts `yes` where it is ticked. */
export const signOffField = (reason: SignOffReason) => `signOff.${reason}`;
export const pauseField = (reason: SignOffReason) => `pause.${reason}`;
export const contradictionField = (outcome: Outcome, level: ThresholdLevel) => `contradicts.${outcome}.${level}`;

/** What the form shows for the rules about decisions. */
export function rulesToFields(rules: DecisionRules): Typed {
  const { signOff, pauseWhen, contradictions } = rules;
  const ticked = [
    ...signOff.neededWhen.map(signOffField),
    ...pauseWhen.map(pauseField),
    ...contradictions.flatMap(({ outcome, levels }) => levels.map((level) => contradictionField(outcome, level))),
  ];
  return { ...Object.fromEntries(ticked.map((name) => [name, 'yes'])), ...recordingToFields(rules) };
}

/** The rules that a posted form stands for. @param base the rules that it began with */
export function rulesFromFields(fields: Typed, base: RecordingRules): DecisionRules {
  const isTicked = (name: string) => fields[name] === 'yes';
  return {
    signOff: { neededWhen: SIGN_OFF_REASONS.filter((reason) => isTicked(signOffField(reason))) },
    pauseWhen: SIGN_OFF_REASONS.filter((reason) => isTicked(pauseField(reason))),
    contradictions: OUTCOMES.map((outcome) => ({
      outcome,
      levels: THRESHOLD_LEVELS.filter((level) => isTicked(contradictionField(outcome, level))),
    })).filter(({ levels }) => levels.length > 0),
    ...recordingFromFields(fields, base),
  };
}

/** The field that a fault of the rules is shown at; null for a fault of another part of the policy. */
export function fieldOfRules(at: string): string | null {
  if (at === 'signOff.neededWhen') return signOffField('red_ends_at_early_help_or_less');
  if (at === 'pauseWhen') return pauseField('red_ends_at_early_help_or_less');
  return at === 'contradictions' ? contradictionField(OUTCOMES[0], 1) : fieldOfRecording(at);
}
