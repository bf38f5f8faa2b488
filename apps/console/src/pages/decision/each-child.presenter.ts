import { OUTCOMES, type ChildDecision } from '#domain';
import { submittedName, type ReferralPage } from '#referrals';
import type { Typed } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { codeInWords } from '../../shell/words/words.ts';
import type { DecisionForm } from './decision.form.ts';
import { childrenIn } from './each-child.form.ts';

const SAYS = [
  { value: '', text: 'Select' },
  { value: 'same', text: 'As for the others' },
  { value: 'other', text: 'Another outcome' },
  { value: 'out', text: 'Left out' },
];
const OTHER_OUTCOMES = [
  { value: '', text: 'Select' },
  ...OUTCOMES.map((value) => ({ value, text: codeInWords(value) })),
];
const OTHER_LEVELS = [
  { value: '', text: 'Select' },
  ...['1', '2', '3', '4'].map((value) => ({ value, text: `Level ${value}` })),
];

/** The question for which of several children the decision is; null for one. None has a default. */
export function presentEachChild(fields: FormFields, { children }: Pick<ReferralPage, 'children'>) {
  if (children.length < 2) return null;
  return {
    question: fields.radios(
      'forChildren',
      { label: 'For which children is this decision?', isLarge: true, classes: 'govuk-radios--small' },
      [
        { value: 'all', text: 'The same for all children' },
        { value: 'each', text: 'Not the same for each child' },
      ],
    ),
    isOpen: fields.valueOf('forChildren') === 'each',
    children: namesOfChildren({ children }).map((name, position) => {
      return {
        name,
        says: fields.select(`childSays.${position}`, { label: `What does it mean for ${name}?` }, SAYS),
        outcome: fields.select(`childOutcome.${position}`, { label: `Another outcome for ${name}` }, OTHER_OUTCOMES),
        level: fields.select(`childLevel.${position}`, { label: `Level of need of ${name}` }, OTHER_LEVELS),
        reason: fields.textarea(`childReason.${position}`, { label: `Why ${name} is left out` }, { rows: 2 }),
      };
    }),
  };
}

/** What the decision means for the children, as an answer; none for one child. */
export function answerOfChildren(form: DecisionForm, names: readonly string[]) {
  if (names.length < 2) return [];
  const value = childrenInWords(childrenIn(form, names.length), names);
  return [{ key: 'For which children', value: value.join('; '), field: 'forChildren' }];
}

/** Such as `The same for all 3 children`, or a line for each child. Empty where a decision says nothing of any. */
export function childrenInWords(children: readonly ChildDecision[], names: readonly string[]): readonly string[] {
  if (children.length === 0) return [];
  const isSame = children.every(({ leftOutBecause, other }) => leftOutBecause === null && other === null);
  if (isSame) return [`The same for all ${children.length} children`];
  return children.map(({ position, leftOutBecause, other }) => {
    const name = names[position] ?? `Child ${position + 1}`;
    if (leftOutBecause !== null) return `${name}: left out, because: ${leftOutBecause}`;
    return other === null
      ? `${name}: as decided`
      : `${name}: ${codeInWords(other.outcome)}, level ${other.thresholdLevel}`;
  });
}

/** What a decision that is to be made again said of the children. */
export function childrenSaidBefore(children: readonly ChildDecision[]): Typed {
  if (children.length === 0) return {};
  const isSame = children.every(({ leftOutBecause, other }) => leftOutBecause === null && other === null);
  if (isSame) return { forChildren: 'all' };
  const saysOf = ({ leftOutBecause, other }: ChildDecision) =>
    leftOutBecause !== null ? 'out' : other === null ? 'same' : 'other';
  return Object.fromEntries([
    ['forChildren', 'each'],
    ...children.flatMap((one) => [
      [`childSays.${one.position}`, saysOf(one)],
      [`childOutcome.${one.position}`, one.other?.outcome ?? ''],
      [`childLevel.${one.position}`, String(one.other?.thresholdLevel ?? '')],
      [`childReason.${one.position}`, one.leftOutBecause ?? ''],
    ]),
  ]) as Typed;
}

/** The children of a referral by their names. */
export function namesOfChildren({ children }: Pick<ReferralPage, 'children'>): readonly string[] {
  return children.map((child, position) => submittedName(child) || `Child ${position + 1}`);
}
