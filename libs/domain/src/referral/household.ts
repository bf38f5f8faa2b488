import { foldName } from '../text/fold-name.ts';
import { withoutOrnament } from '../text/without-ornament.ts';
import { normalisePostcode } from '../identifiers/postcode.ts';
import { saysNoName } from './placeholder-name.ts';
import type { SubmittedAddress } from './submitted-referral.ts';

/** A folded line that says that a person lives nowhere in particular, and nothing else. */
const NOWHERE =
  /^(currently )?(of )?(no fixed abode|no fixed address|no permanent (address|abode)|n ?f ?a|(street )?homeless|rough sleep(ing|er)|sofa surf(ing|er))$/;
/** The same at the beginning or the end of a line that says more. */
const NOWHERE_AND =
  /^(currently )?(of )?(no fixed (abode|address)|no permanent (address|abode)|nfa) | no fixed (abode|address)$/;
/** The postcode that the NHS writes for no fixed abode. */
const NHS_NO_FIXED_ABODE = 'ZZ99 3VZ';

/**
 * An address with “no fixed abode” in its own place, where it was written as a line or as the NHS's postcode.
 *
 * @returns the address as it was where it says no such thing
 */
export function withNoFixedAbode(address: SubmittedAddress): SubmittedAddress {
  const { line1, line2, town, postcode, ...others } = address;
  const isNhsCode = (line: string) => normalisePostcode(line) === NHS_NO_FIXED_ABODE;
  const saysSo = (line = '') => NOWHERE.test(foldName(line)) || isNhsCode(line);
  const isNhs = postcode !== undefined && isNhsCode(postcode);
  const saysMore = [line1, line2, town].some((line = '') => NOWHERE_AND.test(foldName(line)));
  if (!isNhs && !saysMore && ![line1, line2, town].some(saysSo)) return address;
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
  const lines = [line1, line2].filter((line) => line !== undefined).join(' ');
  // A town alone is no home, nor is “not known”.
  if (postcode === undefined && (foldName(lines) === '' || saysNoName(lines, ''))) return null;
  const folded = foldName([lines, town].filter((part) => part !== undefined).join(' '));
  // Between two numbers a space tells: flat 1 of 12 is not flat 11 of 2.
  return `${folded.replaceAll(/(?<!\d) | (?!\d)/g, '')}${withoutOrnament(postcode ?? '')}`;
}
