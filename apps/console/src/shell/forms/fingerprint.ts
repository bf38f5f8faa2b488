import { createHash } from 'node:crypto';

/** Tells whether what a person sends is what they were shown. @param shown anything that JSON can hold */
export function fingerprintOf(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}
