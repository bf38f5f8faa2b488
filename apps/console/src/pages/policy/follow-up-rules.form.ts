import {
  OTHER_ROUTES,
  PLAIN_FOLLOW_UPS,
  RATINGS,
  type FollowUpRules,
  type PlainFollowUp,
  type Rating,
  type Span,
} from '#domain';
import type { Typed } from '#work';

/** The names of the spans: the fields are `NAME.length` and `NAME.unit`. */
export const informationField = (rating: Rating) => `informationDue.${rating}`;
export const followUpField = (kind: PlainFollowUp) => `followUpDue.${kind}`;
export const routeField = (kind: (typeof OTHER_ROUTES)[number]) => `routeDue.${kind}`;

/** What the form shows for the times of follow-ups. */
export function followUpsToFields({ informationDue, followUpDue, routeDue }: FollowUpRules): Typed {
  return Object.fromEntries([
    ...RATINGS.flatMap((rating) => ofSpan(informationField(rating), informationDue[rating])),
    ...PLAIN_FOLLOW_UPS.flatMap((kind) => ofSpan(followUpField(kind), followUpDue[kind])),
    ...OTHER_ROUTES.flatMap((kind) => ofSpan(routeField(kind), routeDue[kind])),
  ]);
}

/** The times that a posted form stands for; a form without a field leaves its time as it was. */
export function followUpsFromFields(fields: Typed, base: FollowUpRules): FollowUpRules {
  const typed = (name: string, before: Span): Span =>
    fields[`${name}.length`] === undefined ? before : readSpan(fields, name);
  return {
    informationDue: Object.fromEntries(
      RATINGS.map((rating) => [rating, typed(informationField(rating), base.informationDue[rating])]),
    ) as FollowUpRules['informationDue'],
    followUpDue: Object.fromEntries(
      PLAIN_FOLLOW_UPS.map((kind) => [kind, typed(followUpField(kind), base.followUpDue[kind])]),
    ) as FollowUpRules['followUpDue'],
    routeDue: Object.fromEntries(
      OTHER_ROUTES.map((kind) => [kind, typed(routeField(kind), base.routeDue[kind])]),
    ) as FollowUpRules['routeDue'],
  };
}

/** The field that a fault is shown at; null for a fault of another part of the policy. */
export function fieldOfFollowUps(at: string): string | null {
  return /^(informationDue|followUpDue|routeDue)\./.test(at) ? `${at}.length` : null;
}

/** The span that two fields stand for. Its faults are found by the policy's own rules. */
export function readSpan(fields: Typed, name: string): Span {
  const unit = fields[`${name}.unit`] ?? '';
  return { [unit]: Number(fields[`${name}.length`]?.trim() || Number.NaN) } as unknown as Span;
}

function ofSpan(name: string, span: Span): readonly (readonly [string, string])[] {
  const [unit, length] = Object.entries(span)[0] as [string, number];
  return [
    [`${name}.unit`, unit],
    [`${name}.length`, String(length)],
  ];
}
