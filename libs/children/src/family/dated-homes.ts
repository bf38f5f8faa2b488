import type { SubmittedAddress } from '#domain';
import { sql, type Transaction } from '#store';
import { keyOf, type ChildPlace } from '../child-place.ts';
import { peopleOf } from './people-of.ts';

/** Where a child lived by one referral or several, the latest of them last. */
export interface Home {
  /** As the latest of them writes it; null where it must be kept from a person. */
  readonly address: SubmittedAddress | null;
  readonly first: Said;
  readonly last: Said;
}

/** A referral that says where the child lives. */
export interface Said {
  readonly reference: string;
  readonly receivedAt: Temporal.Instant;
}

/** Where the child at these places lived, the latest first. A child may have two homes at one time. */
export async function datedHomes(tx: Transaction, places: readonly ChildPlace[]): Promise<readonly Home[]> {
  const ids = places.map(({ referralId }) => referralId);
  const positions = places.map(({ position }) => position);
  const rows = await tx.rows<ChildPlace & Said & { keys: readonly string[] }>(sql`
    SELECT given.id AS "referralId", given.position, r.reference, r.received_at AS "receivedAt",
      (SELECT coalesce(array_agg(k.key ORDER BY k.sort DESC), '{}') FROM family_key k
       WHERE k.referral_id = given.id AND k.kind = 'child' AND k.position = given.position AND k.sort IN ('home', 'uprn')) AS keys
    FROM unnest(${ids}::uuid[], ${positions}::smallint[]) AS given (id, position) JOIN referral r ON r.id = given.id
    ORDER BY r.received_at, r.id`);
  const people = await peopleOf(tx, ids);
  return together(
    rows.flatMap<SaidHome>(({ keys, reference, receivedAt, ...place }) => {
      const { children, isAddressKept } = people.get(place.referralId)!;
      const address = children[place.position]!.address ?? {};
      if (Object.keys(address).length === 0) return [];
      const said = { reference, receivedAt };
      // What is kept is said by itself: that it is another's home as well would tell where it is.
      if (isAddressKept) return [{ keys: [`kept ${keyOf(place)}`], address: null, said }];
      return [{ keys: keys.length > 0 ? keys : [JSON.stringify(address)], address, said }];
    }),
  );
}

/** A home as one referral says it. */
export interface SaidHome {
  /** Of one home at least one is the same. */
  readonly keys: readonly string[];
  readonly address: SubmittedAddress | null;
  readonly said: Said;
}

/** The homes that are said, from when until when. @param said the first first @returns the latest first */
export function together(said: readonly SaidHome[]): readonly Home[] {
  const homes: { keys: Set<string>; home: Home }[] = [];
  for (const { keys, address, said: by } of said) {
    const known = homes.find((one) => keys.some((key) => one.keys.has(key)));
    if (known === undefined) homes.push({ keys: new Set(keys), home: { address, first: by, last: by } });
    else {
      for (const key of keys) known.keys.add(key);
      known.home = { ...known.home, address, last: by };
    }
  }
  return homes.map(({ home }) => home).sort((a, b) => Temporal.Instant.compare(b.last.receivedAt, a.last.receivedAt));
}
