/** A restriction in force that covers a record, as far as one person goes. */
export interface RestrictionOnPerson {
  /** Until when each grant of the person lasts that no person has ended: instants. */
  readonly grantedUntil: readonly Temporal.Instant[];
  /** The person must not open it, because they are or know one of the people. */
  readonly isBarred: boolean;
}

/**
 * Whether a person may read a record: the rule that the statements and the walls of the database agree with.
 *
 * @param sees whether the person's role works with children's records at all
 * @param restrictions every restriction in force that covers the record: each of them has to let the person in
 * @param now an instant
 */
export function mayRead(sees: boolean, restrictions: readonly RestrictionOnPerson[], now: Temporal.Instant): boolean {
  return (
    sees &&
    restrictions.every(
      ({ grantedUntil, isBarred }) =>
        !isBarred && grantedUntil.some((until) => Temporal.Instant.compare(until, now) > 0),
    )
  );
}

/** Whether a person may break the glass of a record: nothing of it is closed to them for ever. */
export function mayBreakGlass(restrictions: readonly Pick<RestrictionOnPerson, 'isBarred'>[]): boolean {
  return restrictions.every(({ isBarred }) => !isBarred);
}
