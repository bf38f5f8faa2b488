import {
  DEFAULT_POLICY,
  localDate,
  workingCalendar,
  type CalendarData,
  type EscalationStep,
  type Rating,
  type RatingPolicy,
  type TriagePolicy,
} from '#domain';

/** Policies that an authority might bring into force, each different from the shipped one in its own way. */
export function policyVariant(variant: number): TriagePolicy {
  return VARIANTS[variant % VARIANTS.length]!;
}

const withRating = (rating: Rating, change: Partial<RatingPolicy>): TriagePolicy => ({
  ...DEFAULT_POLICY,
  ratings: { ...DEFAULT_POLICY.ratings, [rating]: { ...DEFAULT_POLICY.ratings[rating], ...change } },
});
const chain = (rating: Rating) => DEFAULT_POLICY.ratings[rating].escalation;
const repeating = (rating: Rating, elapsedMinutes: number): readonly EscalationStep[] => [
  ...chain(rating).slice(0, -1),
  { repeatEvery: { elapsedMinutes }, tell: ['head_of_service'] },
];

const VARIANTS: readonly TriagePolicy[] = [
  DEFAULT_POLICY,
  withRating('red', { decisionDue: { elapsedHours: 2 } }),
  withRating('amber', { decisionDue: { workingDays: 2 }, acknowledgementPauses: { elapsedMinutes: 90 } }),
  withRating('green', { decisionDue: { workingHours: 6 }, escalation: repeating('green', 240) }),
  withRating('red', { escalation: repeating('red', 7) }),
  withRating('amber', { decisionDue: { elapsedHours: 5 }, escalation: chain('amber').slice(1) }),
];

/** A calendar with one more closed day, so many days from now. */
export function withClosure(calendar: CalendarData, now: Temporal.Instant, inDays: number): CalendarData {
  const day = localDate(workingCalendar(calendar), now).add({ days: inDays }).toString();
  return { ...calendar, localClosures: [...new Set([...calendar.localClosures, day])].sort() };
}
