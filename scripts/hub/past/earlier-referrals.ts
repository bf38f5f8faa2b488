import { nameKey, type SubmittedChild } from '#domain';
import { EarlierReferral, type NewRow } from '#store';

interface KnownChild {
  readonly referralId: string;
  readonly receivedAt: Temporal.Instant;
  readonly nhsNumber: string | undefined;
  readonly upn: string | undefined;
}

type MatchedOn = EarlierReferral['matchedOn'];
/** The strongest first. */
const STRENGTH: readonly MatchedOn[] = ['nhs_number', 'upn', 'name_and_date_of_birth'];

/**
 * The earlier referrals of the same children, by the rule of `earlier-referrals.ts` in libs/referrals, in memory: a past
 * is made faster than it could be asked for. Referrals are added in the order of their receipt.
 */
export class EarlierReferrals {
  private readonly known = new Map<string, KnownChild[]>();

  /** Remembers a referral, and finds those of the same children in the twelve months before. */
  add(
    referralId: string,
    receivedAt: Temporal.Instant,
    children: readonly SubmittedChild[],
  ): NewRow<EarlierReferral>[] {
    const since = receivedAt.toZonedDateTimeISO('UTC').subtract({ months: 12 }).toInstant();
    const found = new Map<string, MatchedOn>();
    const keyed = children.map((child) => ({ child, keys: keysOf(child) }));
    for (const { child, keys } of keyed) {
      for (const [matchedOn, key] of keys) {
        for (const other of this.known.get(key) ?? []) {
          if (Temporal.Instant.compare(other.receivedAt, since) < 0) continue;
          if (matchedOn === 'name_and_date_of_birth' && areApart(child, other)) continue;
          const before = found.get(other.referralId);
          if (before === undefined || STRENGTH.indexOf(matchedOn) < STRENGTH.indexOf(before)) {
            found.set(other.referralId, matchedOn);
          }
        }
      }
    }
    for (const { child, keys } of keyed) {
      const { nhsNumber, upn } = child;
      for (const [, key] of keys) {
        const others = this.known.get(key)?.filter((one) => Temporal.Instant.compare(one.receivedAt, since) >= 0) ?? [];
        this.known.set(key, [...others, { referralId, receivedAt, nhsNumber, upn }]);
      }
    }
    return [...found].map(([earlierId, matchedOn]) => ({ referralId, earlierId, matchedOn }));
  }
}

function keysOf(child: SubmittedChild): readonly (readonly [MatchedOn, string])[] {
  const { nhsNumber, upn, dateOfBirth } = child;
  const name = nameKey(child);
  return [
    ...(nhsNumber === undefined ? [] : [['nhs_number', `nhs ${nhsNumber}`] as const]),
    ...(upn === undefined ? [] : [['upn', `upn ${upn}`] as const]),
    ...(name === null || dateOfBirth === undefined
      ? []
      : [['name_and_date_of_birth', `name ${name} ${dateOfBirth}`] as const]),
  ];
}

/** Their numbers of one kind differ. */
function areApart(child: SubmittedChild, other: KnownChild): boolean {
  return (['nhsNumber', 'upn'] as const).some(
    (field) => child[field] !== undefined && other[field] !== undefined && child[field] !== other[field],
  );
}
