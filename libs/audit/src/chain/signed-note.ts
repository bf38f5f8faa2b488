import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** The name of the key in a note: of this service, in whichever hub. */
export const KEY_NAME = 'mash-triage/record';

const ED25519 = Buffer.from([1]);
const SEPARATOR = '\n\n';

/**
 * A text with an Ed25519 signature under it, in the form of C2SP's signed note: the text, an empty line, and a line with
 * the key's name and, in base64, four bytes that name the key and the signature of the text.
 *
 * @param text lines, each ended by a line feed; none is empty
 * @see https://c2sp.org/signed-note
 */
export function signNote(text: string, key: KeyObject): string {
  const signature = Buffer.concat([keyId(createPublicKey(key)), sign(null, Buffer.from(text), key)]);
  return `${text}\n\u2014 ${KEY_NAME} ${signature.toString('base64')}\n`;
}

/**
 * The text of a note that this key has signed.
 *
 * @returns null when it has not signed the note as it stands
 */
export function openNote(note: string, key: KeyObject): string | null {
  const end = note.lastIndexOf(SEPARATOR);
  if (end === -1) return null;
  const text = note.slice(0, end + 1);
  const signatures = note.slice(end + SEPARATOR.length).split('\n');
  const isSigned = signatures.some((line) => {
    const [dash, name, encoded] = line.split(' ');
    if (dash !== '\u2014' || name !== KEY_NAME || encoded === undefined) return false;
    const bytes = Buffer.from(encoded, 'base64');
    return bytes.subarray(0, 4).equals(keyId(key)) && verify(null, Buffer.from(text), key, bytes.subarray(4));
  });
  return isSigned ? text : null;
}

/** The first four bytes of SHA-256 over the key's name, a line feed, the kind of the signature and the key. */
function keyId(key: KeyObject): Buffer {
  const raw = Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url');
  return createHash('sha256').update(`${KEY_NAME}\n`).update(ED25519).update(raw).digest().subarray(0, 4);
}
