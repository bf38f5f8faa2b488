import { isEmail } from 'class-validator';

/** Names that never lead out of a network, or lead nowhere (RFC 6761, RFC 6762, ICANN's `internal`). */
const LEADS_NOWHERE = /\.(invalid|localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|arpa)$/i;
/** What a program copies around an address, and characters that show nothing. */
const AROUND = /^(?:<|mailto:)+|[>.,;\s]+$/gi;

/**
 * Reads an e-mail address as people write or copy it.
 *
 * @returns the address; null when it is none, or one that no server of the internet would deliver to
 */
export function readEmailAddress(written: string): string | null {
  const address = written
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim()
    .replaceAll(AROUND, '');
  return isEmail(address, { blacklisted_chars: '"' }) && !LEADS_NOWHERE.test(address) ? address : null;
}
