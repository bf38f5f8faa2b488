/** Crockford's base 32: no I, L, O or U, so that a reference can be read out and written down. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 7;

/**
 * A referral's reference, such as `MASH-7K3F-9QXT`: seven random characters and a check character. It carries no
 * date, no sequence and no name.
 *
 * @param randomBytes at least seven bytes from a cryptographic source
 */
export function referralReference(randomBytes: Uint8Array): string {
  const random = [...randomBytes.subarray(0, RANDOM_CHARACTERS)].map((byte) => ALPHABET[byte % 32]!).join('');
  return written(random + checkCharacter(random));
}

/**
 * A reference as we write it, from one as a person may type it: any case, with or without hyphens or `MASH`, and O
 * for 0, I or L for 1.
 *
 * @returns null when it is not a reference or its check character is wrong
 */
export function parseReferralReference(typed: string): string | null {
  const characters = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replace(/^MASH/, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(characters)) return null;
  const random = characters.slice(0, RANDOM_CHARACTERS);
  return checkCharacter(random) === characters[RANDOM_CHARACTERS] ? written(characters) : null;
}

function written(characters: string): string {
  return `MASH-${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/** Luhn's algorithm in base 32: finds every single wrong character and nearly every swap of two neighbours. */
function checkCharacter(characters: string): string {
  const sum = [...characters].reverse().reduce((total, character, index) => {
    const value = ALPHABET.indexOf(character) * (index % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / 32) + (value % 32);
  }, 0);
  return ALPHABET[(32 - (sum % 32)) % 32]!;
}
