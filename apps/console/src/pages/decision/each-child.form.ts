import { isBlank, type ChildDecision, type Decided, type Outcome, type ThresholdLevel } from '#domain';
import type { FormErrors } from '../../shell/forms/read-form.ts';

/** Whether a decision on several children is the same for all, or says of each what it means. */
export type ForChildren = 'all' | 'each';
/** What it may mean for one: as for the others, another outcome, or left out. */
export const CHILD_SAYS = ['same', 'other', 'out'] as const;

/** The answers about the children, in their order. */
export interface OfChildren {
  readonly forChildren: ForChildren | '';
  readonly childSays: readonly string[];
  readonly childOutcome: readonly string[];
  readonly childLevel: readonly string[];
  readonly childReason: readonly string[];
}

/** What the form says of each child; empty for one child. @param count of the children */
export function childrenIn(form: OfChildren, count: number): readonly ChildDecision[] {
  if (count < 2) return [];
  return Array.from({ length: count }, (_, position) => childIn(form, position));
}

function childIn(form: OfChildren, position: number): ChildDecision {
  const says = form.forChildren === 'each' ? form.childSays[position] : 'same';
  return {
    position,
    leftOutBecause: says === 'out' ? (form.childReason[position] ?? '').trim() : null,
    other: says === 'other' ? otherIn(form, position) : null,
  };
}

function otherIn({ childOutcome, childLevel }: OfChildren, position: number): Decided | null {
  const [outcome, level] = [childOutcome[position] ?? '', childLevel[position] ?? ''];
  if (outcome === '' || level === '') return null;
  return { outcome: outcome as Outcome, thresholdLevel: Number(level) as ThresholdLevel };
}

/** The outcomes of single children that differ, as far as they are said. */
export function othersIn(form: OfChildren): readonly Decided[] {
  if (form.forChildren !== 'each') return [];
  return form.childSays.flatMap((says, position) => (says === 'other' ? (otherIn(form, position) ?? []) : []));
}

/** What is missing of several children, by the fields; nothing is asked of one. @param names of the children, in their order */
export function childrenMissingIn(form: OfChildren, names: readonly string[]): FormErrors {
  if (names.length < 2) return {};
  if (form.forChildren === '') return { forChildren: 'Select for which children this decision is' };
  if (form.forChildren === 'all') return {};
  const missing = names.flatMap((name, position) => missingOf(form, name, position));
  const isNone = names.every((_, position) => form.childSays[position] === 'out');
  return Object.fromEntries(isNone ? [['childSays.0', 'At least one child must be included'], ...missing] : missing);
}

function missingOf(form: OfChildren, name: string, position: number): readonly (readonly [string, string])[] {
  const says = form.childSays[position] ?? '';
  if (says === '') return [[`childSays.${position}`, `Select what the decision means for ${name}`]];
  if (says === 'out' && isBlank(form.childReason[position] ?? ''))
    return [[`childReason.${position}`, `Say why ${name} is left out`]];
  if (says !== 'other') return [];
  return [
    ...((form.childOutcome[position] ?? '') === ''
      ? [[`childOutcome.${position}`, `Select what is to happen for ${name}`] as const]
      : []),
    ...((form.childLevel[position] ?? '') === ''
      ? [[`childLevel.${position}`, `Select the level of need of ${name}`] as const]
      : []),
  ];
}
