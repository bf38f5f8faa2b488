import type { ConcernType, Indicator } from '../code-lists/concern-types.ts';
import type { Outcome } from '../code-lists/outcomes.ts';
import { after, type Span } from '../working-time/span.ts';
import { atLocalTime, localDate, type WorkingCalendar } from '../working-time/working-calendar.ts';

/**
 * The outcomes that a strategy discussion follows. Where a child is protected at once, the discussion comes as soon as
 * possible after that (Working Together; nscb.org.uk's procedure: within 24 hours of it).
 */
const WITH_DISCUSSION: readonly Outcome[] = ['strategy_discussion', 'immediate_protection'];

/** Whether a strategy discussion has to follow a decision of this outcome. */
export function needsDiscussion(outcome: Outcome): boolean {
  return WITH_DISCUSSION.includes(outcome);
}

/**
 * Whether a sheet for the family may say the outcome of a decision. It may not where the police or an employer have to act
 * before the family knows (Working Together): a social worker tells the family when it is safe to.
 */
export function mayFamilyBeTold(outcome: Outcome): boolean {
  return !needsDiscussion(outcome) && outcome !== 'refer_to_lado';
}

/** Kinds of concern that are an injury or sexual harm by their own words. */
const HARM_TYPES: readonly ConcernType[] = [
  'physical_abuse',
  'sexual_abuse',
  'child_sexual_exploitation',
  'female_genital_mutilation',
];
/** Facts about a concern that say the same of any kind of it. */
const HARM_INDICATORS: readonly Indicator[] = ['injury_to_non_mobile_child', 'weapon_or_strangulation'];

/**
 * Whether a referral is of an injury or sexual harm, as its sender coded it: the discussion is held the same day then
 * (nscb.org.uk's procedure). Sexual harm counts whenever it was, because a code does not say when.
 */
export function isInjuryOrSexualHarm(concern: {
  readonly types: readonly ConcernType[];
  readonly indicators?: readonly Indicator[] | undefined;
}): boolean {
  const { types, indicators = [] } = concern;
  return types.some((one) => HARM_TYPES.includes(one)) || indicators.some((one) => HARM_INDICATORS.includes(one));
}

/**
 * By when a strategy discussion must be held. It is held as soon as possible; this is the latest. The same day ends at
 * midnight by local time, and gives never more time than the policy gives to every discussion.
 *
 * @param startedAt the instant at which the decision took effect, or at which another discussion was called
 * @param within the time of the policy (policy key `followUpDue.strategy_discussion`)
 */
export function discussionDueAt(
  calendar: WorkingCalendar,
  {
    startedAt,
    within,
    isSameDay,
  }: { readonly startedAt: Temporal.Instant; readonly within: Span; readonly isSameDay: boolean },
): Temporal.Instant {
  const latest = after(calendar, startedAt, within);
  if (!isSameDay) return latest;
  const midnight = atLocalTime(calendar, localDate(calendar, startedAt).add({ days: 1 }), '00:00');
  return Temporal.Instant.compare(midnight, latest) < 0 ? midnight : latest;
}
