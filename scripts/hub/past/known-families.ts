import { OUTCOMES_WITHOUT_ACTION } from '#domain';
import type { Concern } from './concerns.ts';
import type { End } from './decide-past.ts';
import { newFamily, type Family } from './families.ts';
import type { Seeded } from './seeded.ts';

/** The share of referrals that are about a family that was referred before. */
const COMES_BACK = 0.17;
/** The share of families that come back again and again, and the share of all that come back that is theirs. */
const AGAIN_AND_AGAIN = 0.012;
const OF_THOSE = 0.3;
/** The share of families that come back worse within weeks of a decision that ended with little. */
const COMES_BACK_WORSE = 0.055;
/** Families that are remembered: in a hub of many years, those of before have grown up. */
const REMEMBERED = 3_000;

/** As many are looked at for one of the right age. */
const TRIES = 8;

interface KnownFamily {
  readonly family: Family;
  lastReferred: Temporal.PlainDate;
}

/** The families of a past: which comes, and which comes back. */
export class KnownFamilies {
  private readonly known: KnownFamily[] = [];
  private readonly often: KnownFamily[] = [];
  private readonly worse: { readonly known: KnownFamily; readonly on: Temporal.PlainDate }[] = [];

  constructor(private readonly random: Seeded) {}

  /** The family of a referral about this concern. */
  familyFor(concern: Concern, today: Temporal.PlainDate): KnownFamily {
    const back = this.random.happens(COMES_BACK) ? this.oneThatComesBack(concern, today) : null;
    if (back !== null) {
      back.lastReferred = today;
      return back;
    }
    return this.newcomer(concern, today);
  }

  /** A family that nobody knows yet. */
  newcomer(concern: Concern, today: Temporal.PlainDate): KnownFamily {
    const family = newFamily(this.random, today, concern.ages);
    const known = { family, lastReferred: today };
    const list = this.random.happens(AGAIN_AND_AGAIN) ? this.often : this.known;
    list.push(known);
    if (list.length > REMEMBERED) list.splice(0, REMEMBERED / 10);
    return known;
  }

  private oneThatComesBack(concern: Concern, today: Temporal.PlainDate): KnownFamily | null {
    for (let tried = 0; tried < TRIES; tried++) {
      const list = this.random.happens(OF_THOSE) ? this.often : this.known;
      const one = list.length === 0 ? null : this.random.pick(list);
      if (one !== null && isOfAge(one.family, concern, today) && daysSince(one.lastReferred, today) > 3) return one;
    }
    return null;
  }

  /** A family's referral ended: now and then it comes back worse. */
  ended(known: KnownFamily, { outcome }: End, today: Temporal.PlainDate): void {
    if (!OUTCOMES_WITHOUT_ACTION.includes(outcome) || !this.random.happens(COMES_BACK_WORSE)) return;
    this.worse.push({ known, on: today.add({ days: this.random.whole(9, 80) }) });
  }

  /** Those that come back worse on a day. */
  backWorse(today: Temporal.PlainDate): readonly KnownFamily[] {
    const due = this.worse.filter(({ on }) => Temporal.PlainDate.compare(on, today) <= 0);
    for (const one of due) this.worse.splice(this.worse.indexOf(one), 1);
    return due.map(({ known }) => Object.assign(known, { lastReferred: today }));
  }
}

/** Whether a concern can be about the first child of a family on a day. */
export function isOfAge({ children }: Family, { ages: [from, to] }: Concern, today: Temporal.PlainDate): boolean {
  const age = children[0]!.born.until(today, { largestUnit: 'year' }).years;
  return Temporal.PlainDate.compare(children[0]!.born, today) <= 0 && age >= from && age <= to;
}

function daysSince(then: Temporal.PlainDate, today: Temporal.PlainDate): number {
  return then.until(today, { largestUnit: 'day' }).days;
}
