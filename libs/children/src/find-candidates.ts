import {
  childProfile,
  nameKey,
  weighMatch,
  type ChildProfile,
  type Match,
  type MatchBand,
  type SubmittedChild,
} from '#domain';
import { sql, type Transaction } from '#store';
import { CHILD_AS_STORED, RECEIVED_ON, type ChildPlace } from './child-place.ts';
import { peopleOf } from './family/people-of.ts';

/** A child of another referral who may be the one that is looked for. */
export interface FoundChild extends Match, ChildPlace {
  readonly band: MatchBand;
}

/** The child that is looked for. */
export interface SoughtChild {
  readonly child: SubmittedChild;
  /** The date of the receipt, from which an estimated age counts. */
  readonly on: Temporal.PlainDate;
  /** The referral that it is of, whose own children are left out; null for a call that is being typed. */
  readonly referralId: string | null;
}

/** A block that is larger says too little to be read: a common name, or a first of January. */
const BLOCK = 400;
/** As many are shown of one child. */
const FOUND_AT_MOST = 20;
/** Odds of one to one, in the base-2 logarithm: less likely ones are shown neither with their postcode nor without. */
const WORTH_A_LOOK = 0;

interface Row extends ChildPlace {
  readonly submitted: SubmittedChild;
  /** A local date, `YYYY-MM-DD`. */
  readonly on: string;
}

/**
 * The children of other referrals who may be the one that is looked for, the likeliest first. Several strict keys say
 * who is weighed at all: NHS number, UPN, date of birth with a name that sounds alike, postcode with one of these, and the
 * whole name. Where the address of a referral is kept from a person, the postcode speaks neither for nor against it, so that
 * no try tells where a child lives.
 */
export async function findCandidates(tx: Transaction, sought: SoughtChild): Promise<readonly FoundChild[]> {
  const profile = childProfile(sought.child, sought.on);
  const { rows, knownChildren } = await block(tx, sought, profile);
  if (rows.length === 0) return [];
  const profiles = rows.map((row) => childProfile(row.submitted, Temporal.PlainDate.from(row.on)));
  const soundsAlike = await soundsOf(tx, [profile, ...profiles]);
  const weigh = (one: ChildProfile, other: ChildProfile) => weighMatch(one, other, { knownChildren, soundsAlike });
  const likely = rows
    .map((row, index) => ({ ...row, profile: profiles[index]!, ...weigh(profile, profiles[index]!) }))
    .filter(({ weight }) => weight > WORTH_A_LOOK);
  const keptIn = await keptAddresses(tx, [...likely.map((row) => row.referralId), sought.referralId]);
  const isOwnKept = keptIn.has(sought.referralId);
  return likely
    .map((row) =>
      isOwnKept || keptIn.has(row.referralId)
        ? { ...row, ...weigh({ ...profile, postcode: null }, { ...row.profile, postcode: null }) }
        : row,
    )
    .filter((one): one is (typeof likely)[number] & FoundChild => one.band !== null)
    .sort((a, b) => Number(b.band === 'probable') - Number(a.band === 'probable') || b.weight - a.weight)
    .slice(0, FOUND_AT_MOST)
    .map(({ referralId, position, band, weight, reasons }) => ({ referralId, position, band, weight, reasons }));
}

/** The ids of those referrals whose addresses are kept from a person. */
async function keptAddresses(tx: Transaction, ids: readonly (string | null)[]): Promise<ReadonlySet<string | null>> {
  const people = await peopleOf(
    tx,
    ids.filter((id) => id !== null),
  );
  return new Set([...people].filter(([, { isAddressKept }]) => isAddressKept).map(([id]) => id));
}

async function block(tx: Transaction, { child, referralId }: SoughtChild, profile: ChildProfile) {
  const key = nameKey(child);
  const postcode = profile.postcode?.replace(' ', '') ?? null;
  const born = profile.born?.how === 'date' ? profile.born.from.toString() : null;
  const sounds = sql`(SELECT mash.sounds(${[...profile.firstNames, profile.lastName].join(' ')}))`;
  const rows = await tx.rows<Row>(sql`
    WITH weighed AS (
      SELECT referral_id, position FROM referral_child WHERE nhs_number = ${profile.nhsNumber}
      UNION SELECT referral_id, position FROM referral_child WHERE upn = ${profile.upn}
      UNION (SELECT referral_id, position FROM person_name
        WHERE kind = 'child' AND date_of_birth = ${born}::date AND sounds && ${sounds} LIMIT ${BLOCK})
      UNION (SELECT referral_id, position FROM person_name
        WHERE kind = 'child' AND postcode = ${postcode} AND (sounds && ${sounds} OR date_of_birth = ${born}::date)
        LIMIT ${BLOCK})
      UNION (SELECT referral_id, position FROM person_name
        WHERE kind = 'child' AND name_key = ${key} LIMIT ${BLOCK}))
    SELECT c.referral_id AS "referralId", c.position, ${CHILD_AS_STORED} AS submitted, ${RECEIVED_ON} AS "on"
    FROM weighed JOIN referral_child c USING (referral_id, position) JOIN referral r ON r.id = c.referral_id
    WHERE c.referral_id IS DISTINCT FROM ${referralId}::uuid`);
  const { count } = (await tx.row<{ count: number }>(
    sql`SELECT greatest(reltuples, 0)::float AS count FROM pg_class WHERE oid = 'referral_child'::regclass`,
  ))!;
  return { rows, knownChildren: count };
}

/** How the names of all these children sound, asked in one statement. A code of four letters may be cut off, and says nothing. */
async function soundsOf(tx: Transaction, profiles: readonly ChildProfile[]) {
  const names = [...new Set(profiles.flatMap(({ firstNames, lastName }) => [...firstNames, lastName]))];
  const rows = await tx.rows<{ name: string; sounds: readonly string[] }>(
    sql`SELECT name, mash.sounds(replace(name, ' ', '')) AS sounds FROM unnest(${names}::text[]) AS given (name)`,
  );
  const sounds = new Map(rows.map((row) => [row.name, row.sounds.filter((sound) => sound.length < 4)]));
  return (one: string, other: string) => sounds.get(one)!.some((sound) => sounds.get(other)!.includes(sound));
}
