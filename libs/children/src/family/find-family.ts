import { nameKey, type SubmittedAddress, type SubmittedAdult, type SubmittedChild } from '#domain';
import { sql, type Transaction } from '#store';
import { readAppearances, type Appearance } from '../appearances.ts';
import { keptApartFrom, keyOf, knownChildren, type ChildPlace } from '../child-place.ts';
import { peopleOf, type PeopleOf } from './people-of.ts';
import { familyKeysInCommon, type FamilyKeyInCommon } from './family-keys-in-common.ts';

/** Why a child may belong to a family: one thing that its referral and another have in common. */
export type FamilyReason =
  /** `of` is the adult who lives there, where it is not the home of children in both. */
  | { readonly by: 'address'; readonly address: SubmittedAddress; readonly of: SubmittedAdult | null }
  | { readonly by: 'adult' | 'phone'; readonly of: SubmittedAdult }
  /** Named in one referral with a child of this family. */
  | { readonly by: 'together' };

/** A child of another referral who may belong to the family of this one. */
export interface FamilyChild extends Appearance {
  readonly reasons: readonly FamilyReason[];
}

/** More children than these no person reads. */
const SHOWN = 20;

/**
 * The children who live where the people of some referrals live, or who have an adult or a telephone number in common
 * with them. An address is no reason where it must be kept from a person. Nothing is joined by it.
 *
 * @param own the places of children who are not looked for: those whose family it is
 * @param referralIds the referrals that say what the family is like
 * @param withThem referrals whose other children are of it by being named with one of its own
 * @returns of a child who is in several referrals the latest open one, else the latest; the open ones first, then the latest
 */
export async function findFamily(
  tx: Transaction,
  own: readonly ChildPlace[],
  referralIds: readonly string[],
  withThem: readonly string[],
): Promise<readonly FamilyChild[]> {
  const shared = await familyKeysInCommon(tx, referralIds);
  const others = [...shared.map(({ theirs }) => theirs.referralId), ...withThem];
  const people = await peopleOf(tx, [...referralIds, ...own.map(({ referralId }) => referralId), ...others]);
  const found = new Map<string, { place: ChildPlace; reasons: FamilyReason[] }>();
  const add = (place: ChildPlace, reason: FamilyReason) => {
    const reasons: FamilyReason[] = found.get(keyOf(place))?.reasons ?? [];
    if (!reasons.some((one) => JSON.stringify(one) === JSON.stringify(reason))) reasons.push(reason);
    found.set(keyOf(place), { place, reasons });
  };
  for (const one of shared) {
    const reason = reasonOf(one, people);
    if (reason !== null) for (const place of childrenOf(one, people)) add(place, reason);
  }
  for (const referralId of withThem)
    people.get(referralId)!.children.forEach((_, position) => add({ referralId, position }, { by: 'together' }));
  const isOwn = await isOneOf(tx, own, people);
  const places = [...found.values()].filter(({ place }) => !isOwn(place, childAt(people, place)));
  const appearances = await readAppearances(
    tx,
    places.map(({ place }) => place),
  );
  return latestOfEach(places.map(({ place, reasons }) => ({ ...appearances.get(keyOf(place))!, reasons }))).slice(
    0,
    SHOWN,
  );
}

/** Whether two referrals have an adult, a telephone number or an address in common that may be one family's. */
export async function shareFamily(tx: Transaction, one: string, other: string): Promise<boolean> {
  const shared = (await familyKeysInCommon(tx, [one])).filter(({ theirs }) => theirs.referralId === other);
  const people = await peopleOf(tx, [one, other]);
  return shared.some((key) => reasonOf(key, people) !== null);
}

const childAt = (people: ReadonlyMap<string, PeopleOf>, { referralId, position }: ChildPlace) =>
  people.get(referralId)!.children[position]!;

function reasonOf(
  { sort, mine, theirs }: FamilyKeyInCommon,
  people: ReadonlyMap<string, PeopleOf>,
): FamilyReason | null {
  const [ours, other] = [people.get(mine.referralId)!, people.get(theirs.referralId)!];
  if (sort === 'adult' || sort === 'phone') return { by: sort, of: ours.adults[mine.position]! };
  // That two adults live at one address says nothing of their children.
  if (ours.isAddressKept || other.isAddressKept || (mine.kind === 'adult' && theirs.kind === 'adult')) return null;
  const { address } = (mine.kind === 'child' ? ours.children : ours.adults)[mine.position]!;
  const { address: theirAddress } = (theirs.kind === 'child' ? other.children : other.adults)[theirs.position]!;
  // Two flats of one house may be written alike.
  if (address?.uprn !== undefined && theirAddress?.uprn !== undefined && sort === 'home') return null;
  const adult = mine.kind === 'adult' ? ours.adults[mine.position]! : null;
  return { by: 'address', address: address!, of: theirs.kind === 'adult' ? other.adults[theirs.position]! : adult };
}

/** The children whom a key is about: the child itself, or every child of the adult's referral. */
function childrenOf(
  { theirs: { referralId, kind, position } }: FamilyKeyInCommon,
  people: ReadonlyMap<string, PeopleOf>,
) {
  if (kind === 'child') return [{ referralId, position }];
  return people.get(referralId)!.children.map((_, index) => ({ referralId, position: index }));
}

/**
 * Tells whether a child is one of some others: at their place, by number or by name and date of birth, or as persons said;
 * and one who is shown as probably the same is not shown as a brother or sister as well.
 */
async function isOneOf(tx: Transaction, own: readonly ChildPlace[], people: ReadonlyMap<string, PeopleOf>) {
  const known = new Set(
    [...[...(await knownChildren(tx, own)).values()].flat(), ...(await probablyTheSame(tx, own))].map(keyOf),
  );
  const marks = new Set(own.flatMap((place) => marksOf(childAt(people, place))));
  return (place: ChildPlace, child: SubmittedChild) =>
    known.has(keyOf(place)) || marksOf(child).some((mark) => marks.has(mark));
}

/** Who of other referrals is probably one of these, as long as no person has said that they are not. */
async function probablyTheSame(tx: Transaction, own: readonly ChildPlace[]): Promise<readonly ChildPlace[]> {
  const apart = new Set((await keptApartFrom(tx, own)).map(keyOf));
  const probable = await tx.rows<ChildPlace>(sql`
    WITH own (id, position) AS (
      SELECT * FROM unnest(${own.map(({ referralId }) => referralId)}::uuid[], ${own.map(({ position }) => position)}::smallint[]))
    SELECT c.other_id AS "referralId", c.other_position AS position
    FROM child_candidate c JOIN own ON c.referral_id = own.id AND c.position = own.position WHERE c.band = 'probable'
    UNION ALL
    SELECT c.referral_id, c.position
    FROM child_candidate c JOIN own ON c.other_id = own.id AND c.other_position = own.position WHERE c.band = 'probable'`);
  return probable.filter((place) => !apart.has(keyOf(place)));
}

/** What a child is known by in several referrals. */
function marksOf(child: SubmittedChild): readonly string[] {
  const name = nameKey(child);
  const { nhsNumber, upn, dateOfBirth } = child;
  return [
    ...(nhsNumber === undefined ? [] : [`nhs ${nhsNumber}`]),
    ...(upn === undefined ? [] : [`upn ${upn}`]),
    ...(name === null || dateOfBirth === undefined ? [] : [`name ${name} ${dateOfBirth}`]),
  ];
}

function latestOfEach(found: readonly FamilyChild[]): readonly FamilyChild[] {
  const latest = found.toSorted(
    (a, b) =>
      Number(a.status === 'decided') - Number(b.status === 'decided') ||
      Temporal.Instant.compare(b.receivedAt, a.receivedAt) ||
      a.position - b.position,
  );
  const seen = new Set<string>();
  return latest.filter(({ submitted }) => {
    const marks = marksOf(submitted);
    const isSeen = marks.some((mark) => seen.has(mark));
    for (const mark of marks) seen.add(mark);
    return !isSeen;
  });
}

/** The referrals that a referral is linked with, before it and after it. */
export async function linkedWith(tx: Transaction, referralId: string): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT earlier_id AS id FROM earlier_referral WHERE referral_id = ${referralId}
    UNION SELECT referral_id FROM earlier_referral WHERE earlier_id = ${referralId}`);
  return rows.map(({ id }) => id);
}
