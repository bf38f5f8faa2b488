import type { Preview } from '#deadlines';
import { OUTCOMES, SIGN_OFF_REASONS, THRESHOLD_LEVELS, type DecisionRules, type RuleChange } from '#domain';
import type { Typed } from '#work';
import { codeInWords } from '../../shell/words/words.ts';
import { contradictionField, pauseField, signOffField } from './decision-rules.form.ts';
import { presentRecording, presentRecordingChanges, presentRecordingFields } from './recording-rules.presenter.ts';

/** What a policy asks of decisions, as its page says it. */
export function presentRules(rules: DecisionRules) {
  const { signOff, pauseWhen, contradictions } = rules;
  return {
    ...presentRecording(rules),
    signOff: signOff.neededWhen.map(codeInWords),
    pause: pauseWhen.map(codeInWords),
    contradictions: contradictions.map(({ outcome, levels }) => ({
      outcome: codeInWords(outcome),
      levels: levels.join(', '),
    })),
  };
}

/** The fields of the rules about decisions. */
export function presentRuleFields(fields: Typed) {
  const tick = (name: string, text: string) => ({ name, value: 'yes', text, isTicked: fields[name] === 'yes' });
  return {
    ...presentRecordingFields(fields),
    signOff: SIGN_OFF_REASONS.map((reason) => tick(signOffField(reason), codeInWords(reason))),
    pause: SIGN_OFF_REASONS.map((reason) => tick(pauseField(reason), codeInWords(reason))),
    contradictions: OUTCOMES.map((outcome) => ({
      outcome: codeInWords(outcome),
      ticks: THRESHOLD_LEVELS.map((level) =>
        tick(contradictionField(outcome, level), `${codeInWords(outcome)} contradicts level ${level}`),
      ),
    })),
  };
}

/** How a version changes the rules about decisions, a sentence each; an empty list when it changes none. */
export function presentRuleChanges({ rules }: Pick<Preview, 'rules'>): readonly string[] {
  const said = <T>({ added, removed }: RuleChange<T>, what: string, words: (one: T) => string) => [
    ...added.map((one) => `${what} from then on: ${words(one)}`),
    ...removed.map((one) => `${what} no longer: ${words(one)}`),
  ];
  return [
    ...said(rules.signOff, 'Sign-off is needed', codeInWords),
    ...said(rules.pause, 'A page to read comes first', codeInWords),
    ...said(
      rules.contradictions,
      'The decider says why',
      ({ outcome, level }) => `${codeInWords(outcome)} at level ${level}`,
    ),
    ...presentRecordingChanges(rules),
  ];
}
