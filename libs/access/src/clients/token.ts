import { createHash, randomBytes } from 'node:crypto';

/** Tokens are 256 random bits, so a plain hash keeps them: there is nothing to guess. */
export function newToken(): string {
  return `mash_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a token. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
