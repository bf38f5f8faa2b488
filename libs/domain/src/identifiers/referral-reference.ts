import { withoutOrnament } from '../text/without-ornament.ts';

/** Crockford's base 32. I, L, O and U are left out, so that a reference can be read out and written down. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 7;

/**
 * Makes the reference of a referral, such as `MASH-7K3F-9QXT`: seven random characters and a check character. A
 * reference carries no date, no sequence and no name, so that it can be said on the telephone and cannot be guessed.
 *
 * @param randomBytes at least seven bytes from a cryptographic source
 * @returns the reference with `MASH` and hyphens
 */
export function referralReference(randomBytes: Uint8Array): string {
  const random = [...randomBytes.subarray(0, RANDOM_CHARACTERS)].map((byte) => ALPHABET[byte % 32]!).join('');
  return withHyphens(random + checkCharacter(random));
}

/**
 * Reads a reference that a person typed: in capitals or not, with or without dashes or `MASH`, with O for 0, and with
 * I or L for 1.
 *
 * @returns the reference as {@link referralReference} writes it; null when it is no reference, or its check character
 * is wrong
 */
export function parseReferralReference(typed: string): string | null {
  const characters = withoutOrnament(typed).replace(/^MASH/, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(characters)) return null;
  const random = characters.slice(0, RANDOM_CHARACTERS);
  return checkCharacter(random) === characters[RANDOM_CHARACTERS] ? withHyphens(characters) : null;
}

function withHyphens(characters: string): string {
  return `MASH-${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/** Luhn's algorithm in base 32. It finds each single wrong character and nearly each swap of two neighbours. */
function checkCharacter(characters: string): string {
  const sum = [...characters].reverse().reduce((total, character, index) => {
    const value = ALPHABET.indexOf(character) * (index % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / 32) + (value % 32);
  }, 0);
  return ALPHABET[(32 - (sum % 32)) % 32]!;
}
