import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { MatchBand, MatchReason } from '#domain';
import { Database, sql, type Transaction } from '#store';
import { readAppearances, type Appearance, type Candidate } from './appearances.ts';
import { keptApartFrom, keyOf, knownChildren, placeOf, type ChildOfReferral, type ChildPlace } from './child-place.ts';

/** A child of the referral: where else it is known, and who it may be. */
export interface ChildKnown {
  readonly here: Appearance;
  /** Its other referrals, by what persons said, the latest first. */
  readonly elsewhere: readonly Appearance[];
  /** The likeliest first; of a known child only the likeliest of its referrals. */
  readonly candidates: readonly Candidate[];
}

/** A judgement that stands, between two of the referrals of a known child or between one of them and another child. */
export interface StandingJudgement {
  readonly id: string;
  readonly isSame: boolean;
  readonly one: ChildOfReferral;
  readonly other: ChildOfReferral;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** A known child: all referrals that persons said to be about it. */
export interface KnownChild extends ChildKnown {
  readonly judgements: readonly StandingJudgement[];
  readonly now: Temporal.Instant;
}

/** Who the children of a referral are known to be, and who they may be. */
@Injectable()
export class ReadKnownChildren {
  constructor(private readonly database: Database) {}

  /** The children of a referral that the person has opened: the opening is on the record. @throws Refused `not-found` */
  async ofReferral(reference: string, by: StaffActor): Promise<readonly ChildKnown[]> {
    return this.database.as(by).transaction(async (tx) => {
      const places = await tx.rows<ChildPlace>(sql`
        SELECT c.referral_id AS "referralId", c.position FROM referral r JOIN referral_child c ON c.referral_id = r.id
        WHERE r.reference = ${reference} ORDER BY c.position`);
      return readKnown(tx, places);
    });
  }

  /** One child, with what was said of it. The reading is on the record of each of its referrals. @throws Refused `not-found` */
  async ofChild(child: ChildOfReferral, by: StaffActor): Promise<KnownChild> {
    return this.database.as(by).transaction(async (tx) => {
      const place = await placeOf(tx, child);
      const [known] = await readKnown(tx, [place]);
      const all = [known!.here, ...known!.elsewhere];
      await tx.insert(
        ...all.map(({ referralId, position }) => auditEntry(tx, 'child.read', referralId, { child: position + 1 })),
      );
      const judgements = await readJudgements(tx, all);
      return { ...known!, judgements, now: tx.now };
    });
  }
}

interface Pair extends ChildPlace {
  readonly other: ChildPlace;
  readonly band: MatchBand;
  readonly reasons: readonly MatchReason[];
}

async function readKnown(tx: Transaction, places: readonly ChildPlace[]): Promise<readonly ChildKnown[]> {
  const ofThese = await knownChildren(tx, places);
  const pairs = await readPairs(tx, [...ofThese.values()].flat());
  const ofOthers = await knownChildren(
    tx,
    pairs.map(({ other }) => other),
  );
  const appearances = await readAppearances(tx, [...[...ofThese.values()].flat(), ...pairs.map(({ other }) => other)]);
  const known: ChildKnown[] = [];
  for (const place of places) {
    const members = ofThese.get(keyOf(place))!;
    const mine = new Set(members.map(keyOf));
    const referrals = new Set(members.map(({ referralId }) => referralId));
    const apart = new Set((await keptApartFrom(tx, members)).map(keyOf));
    const seen = new Set<string>();
    const candidates = pairs.filter((pair) => {
      if (!mine.has(keyOf(pair))) return false;
      const others = ofOthers.get(keyOf(pair.other))!;
      // Another child of one of the child's own referrals is another child.
      if (others.some(({ referralId }) => referrals.has(referralId))) return false;
      const theirs = others.map(keyOf);
      if (theirs.some((key) => apart.has(key) || seen.has(key))) return false;
      for (const key of theirs) seen.add(key);
      return true;
    });
    known.push({
      here: appearances.get(keyOf(place))!,
      elsewhere: members
        .filter((member) => keyOf(member) !== keyOf(place))
        .map((member) => appearances.get(keyOf(member))!)
        .sort((a, b) => Temporal.Instant.compare(b.receivedAt, a.receivedAt)),
      candidates: candidates.map(({ other, band, reasons }) => ({ ...appearances.get(keyOf(other))!, band, reasons })),
    });
  }
  return known;
}

/** The candidates of these places, from either end, the likeliest first. */
async function readPairs(tx: Transaction, places: readonly ChildPlace[]): Promise<readonly Pair[]> {
  const ids = places.map(({ referralId }) => referralId);
  const positions = places.map(({ position }) => position);
  const rows = await tx.rows<Omit<Pair, 'other'> & { readonly otherId: string; readonly otherPosition: number }>(sql`
    WITH given (id, position) AS (SELECT * FROM unnest(${ids}::uuid[], ${positions}::smallint[])),
    pairs AS (
      SELECT c.referral_id, c.position, c.other_id, c.other_position, c.band, c.weight, c.reasons
      FROM child_candidate c JOIN given ON c.referral_id = given.id AND c.position = given.position
      UNION
      SELECT c.other_id, c.other_position, c.referral_id, c.position, c.band, c.weight, c.reasons
      FROM child_candidate c JOIN given ON c.other_id = given.id AND c.other_position = given.position)
    SELECT referral_id AS "referralId", position, other_id AS "otherId", other_position AS "otherPosition", band, reasons
    FROM pairs ORDER BY band DESC, weight DESC, other_id, other_position`);
  return rows.map(({ otherId, otherPosition, ...pair }) => ({
    ...pair,
    other: { referralId: otherId, position: otherPosition },
  }));
}

async function readJudgements(tx: Transaction, places: readonly ChildPlace[]): Promise<readonly StandingJudgement[]> {
  const ids = places.map(({ referralId }) => referralId);
  const positions = places.map(({ position }) => position);
  return tx.rows<StandingJudgement>(sql`
    WITH given (id, position) AS (SELECT * FROM unnest(${ids}::uuid[], ${positions}::smallint[]))
    SELECT j.id, j.is_same AS "isSame", s.name AS by, j.judged_at AS at,
      jsonb_build_object('reference', one.reference, 'position', j.one_position) AS one,
      jsonb_build_object('reference', other.reference, 'position', j.other_position) AS other
    FROM child_judgement j JOIN staff_member s ON s.id = j.judged_by
    JOIN referral one ON one.id = j.one_id JOIN referral other ON other.id = j.other_id
    WHERE j.ended_at IS NULL AND EXISTS (SELECT 1 FROM given
      WHERE (given.id, given.position) IN ((j.one_id, j.one_position), (j.other_id, j.other_position)))
    ORDER BY j.judged_at, j.id`);
}
