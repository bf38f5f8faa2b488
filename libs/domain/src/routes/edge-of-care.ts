/** What happens to a family at the edge of care, in the usual order. */
export const EDGE_OF_CARE_EVENTS = ['first_response', 'panel', 'review', 'stayed', 'came_in', 'reunified'] as const;
/** One code of {@link EDGE_OF_CARE_EVENTS}. */
export type EdgeOfCareEventKind = (typeof EDGE_OF_CARE_EVENTS)[number];

/** The events of which the date may be ahead. Every other has happened when it is recorded. */
export const EDGE_OF_CARE_PLANNED: readonly EdgeOfCareEventKind[] = ['panel', 'review'];
/** How it ends: the child stayed at home, came into care, or came into care and is at home again. */
export const EDGE_OF_CARE_ENDINGS: readonly EdgeOfCareEventKind[] = ['stayed', 'came_in', 'reunified'];

/** An event as it is recorded. */
export interface EdgeOfCareFacts {
  readonly kind: EdgeOfCareEventKind;
  /** A local date. */
  readonly on: Temporal.PlainDate;
}

/** Why an event cannot be recorded. */
export type EdgeOfCareFault = 'before-it-was-sent' | 'not-yet' | 'responded-already' | 'never-came-in' | 'came-in';

/**
 * @param sentOn the day on which the family was sent to the service
 * @param before what was recorded before, in any order
 * @returns null when it can be recorded
 */
export function edgeOfCareFault(
  { kind, on }: EdgeOfCareFacts,
  before: readonly EdgeOfCareFacts[],
  { sentOn, today }: { readonly sentOn: Temporal.PlainDate; readonly today: Temporal.PlainDate },
): EdgeOfCareFault | null {
  const has = (one: EdgeOfCareEventKind) => before.some((event) => event.kind === one);
  if (Temporal.PlainDate.compare(on, sentOn) < 0) return 'before-it-was-sent';
  if (!EDGE_OF_CARE_PLANNED.includes(kind) && Temporal.PlainDate.compare(on, today) > 0) return 'not-yet';
  if (kind === 'first_response' && has('first_response')) return 'responded-already';
  if (kind === 'reunified' && !has('came_in')) return 'never-came-in';
  if (kind === 'stayed' && has('came_in')) return 'came-in';
  return null;
}

/** How many months after its end the service looks again how the child is. */
const LOOKS_AFTER_MONTHS = [3, 6] as const;

/**
 * The days on which the service looks again how the child is, three and six months after it ended; none before. An ending
 * that is recorded again at a look, because the child still is where they were, moves no day.
 */
export function laterLooks(events: readonly EdgeOfCareFacts[]): readonly Temporal.PlainDate[] {
  const ends = events
    .filter(({ kind }) => EDGE_OF_CARE_ENDINGS.includes(kind))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on));
  const kind = ends.at(-1)?.kind;
  const since = ends[ends.findLastIndex((one) => one.kind !== kind) + 1]?.on;
  return since === undefined ? [] : LOOKS_AFTER_MONTHS.map((months) => since.add({ months }));
}
