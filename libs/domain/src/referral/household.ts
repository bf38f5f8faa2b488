import { foldName } from '../text/fold-name.ts';
import { normalisePostcode } from '../identifiers/postcode.ts';
import type { SubmittedAddress } from './submitted-referral.ts';

/** Folded lines that say that a person lives nowhere in particular. */
const NOWHERE = new Set([
  'no fixed abode', 'of no fixed abode', 'no fixed address', 'no permanent address', 'nfa', 'n f a',
  'homeless', 'street homeless', 'rough sleeping', 'rough sleeper', 'sofa surfing', 'sofa surfer',
]); // prettier-ignore
/** The postcode that the NHS writes for no fixed abode. */
const NHS_NO_FIXED_ABODE = 'ZZ99 3VZ';

/**
 * An address with “no fixed abode” in its own place, where it was written as a line or as the NHS's postcode.
 *
 * @returns the address as it was where it says no such thing
 */
export function withNoFixedAbode(address: SubmittedAddress): SubmittedAddress {
  const { line1, line2, town, postcode, ...others } = address;
  const saysSo = (line: string | undefined) => line !== undefined && NOWHERE.has(foldName(line));
  const isNhs = postcode !== undefined && normalisePostcode(postcode) === NHS_NO_FIXED_ABODE;
  if (!isNhs && ![line1, line2, town].some(saysSo)) return address;
  return {
    ...Object.fromEntries(
      Object.entries({ line1, line2, town }).filter(([, line]) => line !== undefined && !saysSo(line)),
    ),
    ...(postcode === undefined || isNhs ? {} : { postcode }),
    ...others,
    noFixedAbode: true,
  };
}

/**
 * An address as a key: people with one key live in one household, however their address was written.
 *
 * @returns null without an address, and for no fixed abode, which is no household
 */
export function householdKey({ line1, line2, town, postcode, noFixedAbode }: SubmittedAddress): string | null {
  if (noFixedAbode === true) return null;
  const key = foldName([line1, line2, town, postcode].filter((part) => part !== undefined).join(' ')).replaceAll(
    ' ',
    '',
  );
  return key === '' ? null : key;
}
