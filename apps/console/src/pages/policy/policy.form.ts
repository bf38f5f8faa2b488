import {
  ALERT_GROUPS,
  CHANNELS,
  RATINGS,
  USUAL_LADDERS,
  type EscalationStep,
  type PolicyFault,
  type Rating,
  type RatingPolicy,
  type Rung,
  type Span,
  type SpanBefore,
  type TriagePolicy,
} from '#domain';
import type { Typed } from '#work';
import { fieldOfRules, rulesFromFields, rulesToFields } from './decision-rules.form.ts';
import { fieldOfWorkload, workloadFromFields, workloadToFields } from './workload-rules.form.ts';
import { fieldOfFollowUps, followUpsFromFields, followUpsToFields, readSpan } from './follow-up-rules.form.ts';

/** Rows for steps: those of the policy, and these many more to fill in. */
const SPARE_ROWS = 2;
/** More than any person needs; a form of more rows was not made by us. */
const MOST_ROWS = 20;

/** What the form shows for a policy. */
export function toFields(policy: TriagePolicy): Typed {
  const fields: Record<string, string> = {
    ...rulesToFields(policy),
    ...followUpsToFields(policy),
    ...workloadToFields(policy),
  };
  const setSpan = (name: string, span: Span | null) => {
    const [unit, length] = span === null ? ['', ''] : Object.entries(span)[0]!;
    fields[`${name}.unit`] = unit;
    fields[`${name}.length`] = String(length);
  };
  for (const rating of RATINGS) {
    const { decisionDue, claimDue, acknowledgementPauses, escalation } = policy.ratings[rating];
    setSpan(`${rating}.decisionDue`, decisionDue);
    setSpan(`${rating}.claimDue`, claimDue);
    setSpan(`${rating}.acknowledgementPauses`, acknowledgementPauses);
    fields[`${rating}.rows`] = String(escalation.length + SPARE_ROWS);
    escalation.forEach((step, index) => {
      const row = `${rating}.${index}`;
      fields[`${row}.when`] = whenOf(step);
      setSpan(row, spanOf(step));
      if (step.onlyIf === 'unclaimed') fields[`${row}.onlyIf`] = 'unclaimed';
      for (const group of step.tell) fields[`${row}.tell.${group}`] = 'yes';
      for (const { channels, afterMinutes } of step.ladder ?? USUAL_LADDERS[rating]) {
        for (const channel of channels) fields[`${row}.by.${channel}`] = String(afterMinutes);
      }
    });
  }
  return fields;
}

/** What a posted form stands for. Its faults are found by the policy's own rules, and shown at the row they are in. */
export function fromFields(fields: Typed, base: TriagePolicy): TriagePolicy {
  const ratings = Object.fromEntries(RATINGS.map((rating) => [rating, ratingPolicy(fields, rating)]));
  return {
    ...base,
    ...rulesFromFields(fields, base),
    ...followUpsFromFields(fields, base),
    ...workloadFromFields(fields, base),
    ratings: ratings as unknown as TriagePolicy['ratings'],
  };
}

/** How many rows the form has for a rating. */
export function rowsOf(fields: Typed, rating: Rating): number {
  const rows = Number(fields[`${rating}.rows`]);
  return Number.isInteger(rows) ? Math.min(Math.max(rows, 1), MOST_ROWS) : 1;
}

/** The field that a fault is shown at: steps are counted without the rows that are not used. */
export function fieldOf({ at }: PolicyFault, fields: Typed): string {
  const ofRules = fieldOfRules(at) ?? fieldOfFollowUps(at) ?? fieldOfWorkload(at);
  if (ofRules !== null) return ofRules;
  const [, rating, part, index] = at.split('.') as [string, Rating, string, string?];
  if (part !== 'escalation') return `${rating}.${part}.length`;
  if (index === undefined) return `${rating}.0.when`;
  return `${rating}.${usedRows(fields, rating)[Number(index)]}.when`;
}

function ratingPolicy(fields: Typed, rating: Rating): RatingPolicy {
  const claimDue = fields[`${rating}.claimDue.length`]?.trim() ? readSpan(fields, `${rating}.claimDue`) : null;
  return {
    decisionDue: readSpan(fields, `${rating}.decisionDue`),
    claimDue,
    acknowledgementPauses: readSpan(fields, `${rating}.acknowledgementPauses`),
    escalation: usedRows(fields, rating).map((row) => step(fields, `${rating}.${row}`)),
  };
}

function usedRows(fields: Typed, rating: Rating): readonly number[] {
  const rows = Array.from({ length: rowsOf(fields, rating) }, (_, row) => row);
  return rows.filter((row) => WHEN.includes(fields[`${rating}.${row}.when`] ?? ''));
}

const WHEN = ['afterReceipt', 'beforeDue', 'due', 'repeatEvery'];

function step(fields: Typed, row: string): EscalationStep {
  const common = {
    tell: ALERT_GROUPS.filter((group) => fields[`${row}.tell.${group}`] === 'yes'),
    ...(fields[`${row}.onlyIf`] === 'unclaimed' ? { onlyIf: 'unclaimed' as const } : {}),
    ladder: ladder(fields, row),
  };
  switch (fields[`${row}.when`] ?? '') {
    case 'due':
      return { ...common, at: 'due' };
    case 'repeatEvery':
      return { ...common, repeatEvery: readSpan(fields, row) };
    case 'beforeDue':
      return { ...common, at: { beforeDue: readSpan(fields, row) as SpanBefore } };
    default:
      return { ...common, at: { afterReceipt: readSpan(fields, row) } };
  }
}

/** Channels with the same minutes are one rung. */
function ladder(fields: Typed, row: string): readonly Rung[] {
  const minutes = CHANNELS.map((channel) => ({ channel, after: fields[`${row}.by.${channel}`]?.trim() ?? '' }));
  const rungs = Map.groupBy(
    minutes.filter(({ after }) => after !== ''),
    ({ after }) => Number(after),
  );
  return [...rungs]
    .map(([afterMinutes, some]) => ({ afterMinutes, channels: some.map(({ channel }) => channel) }))
    .sort((a, b) => a.afterMinutes - b.afterMinutes);
}

function whenOf(one: EscalationStep): string {
  if ('repeatEvery' in one) return 'repeatEvery';
  return one.at === 'due' ? 'due' : Object.keys(one.at)[0]!;
}

function spanOf(one: EscalationStep): Span | null {
  if ('repeatEvery' in one) return one.repeatEvery;
  return one.at === 'due' ? null : 'afterReceipt' in one.at ? one.at.afterReceipt : one.at.beforeDue;
}
