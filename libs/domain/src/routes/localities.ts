import { normalisePostcode } from '../identifiers/postcode.ts';
import type { PolicyFault } from '../policy/policy-fault.ts';
import { isBlank } from '../text/blank.ts';
import { foldName } from '../text/fold-name.ts';
import { withoutOrnament } from '../text/without-ornament.ts';

/** A team that takes families of one part of the authority. */
export interface LocalityTeam {
  /** Stays the same from version to version, so that a route goes on to name its team. */
  readonly code: string;
  readonly name: string;
  readonly email?: string;
}

/** What belongs to a team. A team may have several areas. */
export interface LocalityArea {
  /** The code of the team. */
  readonly team: string;
  /** Whole postcodes (`SK14 3AB`), sectors (`SK14 3`) and districts (`SK14`). */
  readonly postcodes: readonly string[];
  /** Wards, and towns for an address without a postcode, by their names. */
  readonly wards: readonly string[];
}

/** Which team takes a family, by where it lives. Plain JSON with versions, as a policy; an authority has its own. */
export interface Localities {
  readonly teams: readonly LocalityTeam[];
  readonly areas: readonly LocalityArea[];
}

/** The team of an address, or why a person has to choose it. */
export type TeamFound =
  | { readonly team: LocalityTeam; readonly by: 'postcode' | 'ward' }
  /** `split`: more than one team has it. `nowhere`: none has. */
  | { readonly team: null; readonly because: 'split' | 'nowhere' };

/**
 * The team that takes a family of this address. The most exact entry wins: a whole postcode before its sector, that
 * before its district. The ward counts only where no list has the postcode.
 *
 * @param postcode as a person wrote it; null without one
 * @param ward the name of the ward, or the town; null where it is not known
 */
export function teamFor(postcode: string | null, ward: string | null, { teams, areas }: Localities): TeamFound {
  const ofCodes = (codes: readonly string[], by: 'postcode' | 'ward'): TeamFound | null => {
    const found = teams.filter(({ code }) => codes.includes(code));
    if (found.length === 0) return null;
    return found.length === 1 ? { team: found[0]!, by } : { team: null, because: 'split' };
  };
  for (const prefix of prefixesOf(postcode)) {
    const codes = areas.filter(({ postcodes }) => postcodes.some((one) => asPrefix(one) === prefix));
    const found = ofCodes(codes.map(({ team }) => team), 'postcode'); // prettier-ignore
    if (found !== null) return found;
  }
  const folded = foldName(ward ?? '');
  const codes =
    folded === '' ? [] : areas.filter(({ wards }) => wards.some((one) => foldName(one) === folded)).map((a) => a.team);
  return ofCodes(codes, 'ward') ?? { team: null, because: 'nowhere' };
}

/** The whole postcode, its sector and its district; none of what is no postcode. */
function prefixesOf(postcode: string | null): readonly string[] {
  const whole = normalisePostcode(postcode ?? '');
  return whole === null ? [] : [whole, whole.slice(0, -2), whole.slice(0, -4)];
}

const DISTRICT = /^([A-Z]{1,2}[0-9][A-Z0-9]?|GIR)$/;
/** A district and a digit, written apart: `SK1 4` is another than `SK14`. */
const SECTOR = /^\s*([A-Z]{1,2}[0-9][A-Z0-9]?|GIR)\s+([0-9])\s*$/i;

/** An entry of a list as it is compared; null where it is no postcode, sector or district. */
function asPrefix(written: string): string | null {
  const [, district, digit] = SECTOR.exec(written) ?? [];
  if (district !== undefined) return `${district.toUpperCase()} ${digit}`;
  const plain = withoutOrnament(written);
  return DISTRICT.test(plain) ? plain : normalisePostcode(written);
}

const CODE = /^[a-z][a-z0-9_]{0,39}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The faults of a version; an empty list when it may be published. */
export function localityFaults({ teams, areas }: Localities): readonly PolicyFault[] {
  const fault = (at: string, message: string): PolicyFault => ({ at, message });
  const codes = teams.map(({ code }) => code);
  const names = teams.map(({ name }) => foldName(name));
  const badCode = codes.find((code) => !CODE.test(code));
  const badEmail = teams.find(({ email }) => email !== undefined && !EMAIL.test(email));
  const stray = areas.find(({ team }) => !codes.includes(team));
  const badPostcode = areas.flatMap(({ postcodes }) => postcodes).find((one) => asPrefix(one) === null);
  return [
    ...(teams.length === 0 ? [fault('teams', 'Give at least one team')] : []),
    ...(badCode === undefined ? [] : [fault('teams', `“${badCode}” is no code of a team`)]),
    ...(teams.some(({ name }) => isBlank(name)) ? [fault('teams', 'Give each team a name')] : []),
    ...(areUnlike(codes) && areUnlike(names) ? [] : [fault('teams', 'Give each team its own code and name')]),
    ...(badEmail === undefined ? [] : [fault('teams', `“${badEmail.email}” is no e-mail address`)]),
    ...(stray === undefined ? [] : [fault('areas', `No team has the code “${stray.team}”`)]),
    ...(badPostcode === undefined
      ? []
      : [fault('areas', `“${badPostcode}” is no postcode, sector (SK14 3) or district (SK14)`)]),
  ];
}

function areUnlike(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
