import { withoutOrnament } from '../text/without-ornament.ts';

/** The outward part, then a digit and two letters (BS 7666; GIR 0AA is the one exception). */
const POSTCODE = /^([A-Z]{1,2}[0-9][A-Z0-9]?|GIR)([0-9][A-Z]{2})$/;

/**
 * A postcode of the United Kingdom as it is stored, with one space before its last three characters.
 *
 * @param written as a person typed it or copied it
 * @returns null when the text is no such postcode, as those of other countries
 */
export function normalisePostcode(written: string): string | null {
  const [, outward, inward] = POSTCODE.exec(withoutOrnament(written)) ?? [];
  return outward === undefined ? null : `${outward} ${inward}`;
}
