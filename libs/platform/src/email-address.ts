import { isEmail } from 'class-validator';

/** Names that never lead out of a network, or lead nowhere (RFC 6761, RFC 6762, ICANN's `internal`). */
const LEADS_NOWHERE = /\.(invalid|localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|arpa)$/i;
/** Quotes, brackets and the punctuation of a sentence, which are copied with an address. */
const AROUND = /^[\s<>()[\]{}"'`‘’‚“”„«»]+|[\s<>()[\]{}"'`‘’‚“”„«».,;:]+$/g;

/** Longer than any address with a name before it (RFC 5321: 254): no address, and reading it would cost much. */
const LONGEST = 1_000;

/**
 * Reads an e-mail address as people write or copy it, with the name of its owner before it or without.
 *
 * @returns the address; null when it is none, or one that no server of the internet would deliver to
 */
export function readEmailAddress(written: string): string | null {
  if (written.length > LONGEST) return null;
  const plain = written.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  const inBrackets = /<([^<>]+)>/.exec(plain)?.[1] ?? plain;
  const bare = inBrackets.replaceAll(AROUND, '');
  const address = /^mailto:/i.test(bare) ? bare.slice('mailto:'.length).replace(/\?.*$/, '') : bare;
  return isEmail(address, { blacklisted_chars: '"' }) && !LEADS_NOWHERE.test(address) ? address : null;
}
