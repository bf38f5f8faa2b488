import type { EarlierReferral, NewRow, ReferralChild } from '#store';

interface KnownChild {
  readonly referralId: string;
  readonly receivedAt: Temporal.Instant;
  readonly nhsNumber: string | null;
  readonly upn: string | null;
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
    children: readonly NewRow<ReferralChild>[],
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
      const { nhsNumber = null, upn = null } = child;
      for (const [, key] of keys) {
        const others = this.known.get(key)?.filter((one) => Temporal.Instant.compare(one.receivedAt, since) >= 0) ?? [];
        this.known.set(key, [...others, { referralId, receivedAt, nhsNumber, upn }]);
      }
    }
    return [...found].map(([earlierId, matchedOn]) => ({ referralId, earlierId, matchedOn }));
  }
}

function keysOf(child: NewRow<ReferralChild>): readonly (readonly [MatchedOn, string])[] {
  const { nhsNumber, upn, dateOfBirth, nameKey: name } = child;
  return [
    ...(!nhsNumber ? [] : [['nhs_number', `nhs ${nhsNumber}`] as const]),
    ...(!upn ? [] : [['upn', `upn ${upn}`] as const]),
    ...(!name || !dateOfBirth ? [] : [['name_and_date_of_birth', `name ${name} ${dateOfBirth}`] as const]),
  ];
}

/** Their numbers of one kind differ. */
function areApart(child: NewRow<ReferralChild>, other: KnownChild): boolean {
  return (['nhsNumber', 'upn'] as const).some((field) => child[field] && other[field] && child[field] !== other[field]);
}
