import { householdKey } from '../referral/household.ts';
import type { SubmittedAddress, SubmittedAdult, SubmittedChild } from '../referral/submitted-referral.ts';
import { normalisePostcode } from '../identifiers/postcode.ts';
import { isBlank } from '../text/blank.ts';
import { teamFor, type Localities, type TeamFound } from './localities.ts';

/** Whose address a family is placed by. */
export interface HomeOfFamily {
  readonly whose: 'child' | 'adult';
  /** The place among the children, or the adults, of the referral, from 0. */
  readonly position: number;
  /** As it is stored; null where the address has none. */
  readonly postcode: string | null;
  /** The children who live at another address, by their places: the family is placed by the first child's. */
  readonly elsewhere: readonly number[];
}

/** The team of a family, with the address that says it. */
export type TeamOfFamily = TeamFound & {
  /** Null where no child has an address, nor an adult who lives with one. */
  readonly home: HomeOfFamily | null;
};

/**
 * The team that takes a family: by the address of the first child who has one, else of an adult who lives with the
 * children. The town counts where the address has no postcode. A person who lives nowhere in particular has no team by
 * their address.
 */
export function teamOfFamily(
  { children, adults }: { readonly children: readonly SubmittedChild[]; readonly adults: readonly SubmittedAdult[] },
  localities: Localities,
): TeamOfFamily {
  const ofChildren = children.map(({ address }, position) => ({ whose: 'child' as const, position, address }));
  const ofAdults = adults
    .map(({ address, livesWithChild }, position) => ({ whose: 'adult' as const, position, address, livesWithChild }))
    .filter(({ livesWithChild }) => livesWithChild === 'yes');
  const homes = [...ofChildren, ...ofAdults].filter(({ address }) => saysWhere(address));
  const main = homes.find(({ address }) => postcodeOf(address) !== null) ?? homes[0];
  if (main === undefined) return { team: null, because: 'nowhere', home: null };
  const postcode = postcodeOf(main.address);
  const town = postcode === null ? (main.address?.town ?? null) : null;
  const key = homeKey(main.address);
  const elsewhere = ofChildren
    .filter(({ position, address }) => saysWhere(address) && !isSame(main, position) && homeKey(address) !== key)
    .map(({ position }) => position);
  const { whose, position } = main;
  return { ...teamFor(postcode, town, localities), home: { whose, position, postcode, elsewhere } };
}

function isSame(main: { readonly whose: string; readonly position: number }, child: number): boolean {
  return main.whose === 'child' && main.position === child;
}

function homeKey(address: SubmittedAddress | undefined): string | null {
  return householdKey(address ?? {}) ?? postcodeOf(address);
}

function postcodeOf(address: SubmittedAddress | undefined): string | null {
  return normalisePostcode(address?.postcode ?? '');
}

function saysWhere(address: SubmittedAddress | undefined): boolean {
  if (address === undefined || address.noFixedAbode === true) return false;
  return postcodeOf(address) !== null || !isBlank(address.town ?? '');
}
