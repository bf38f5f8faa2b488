import { createHash } from 'node:crypto';

/**
 * The strong entity tag of an answer (RFC 9110, 8.8.3): a hash of what the agency is shown, so that it changes when
 * that changes and only then.
 */
export function entityTag(shown: object): string {
  return `"${createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22)}"`;
}

/**
 * Whether an agency has seen this already. `Cache-Control: no-cache`, which clients add by themselves to a request with
 * If-None-Match, asks caches to look again and changes nothing here.
 *
 * @param ifNoneMatch the header, which may list several tags; compared weakly (RFC 9110, 13.1.2)
 */
export function hasSeen(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return [...ifNoneMatch.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, one]) => one === tag);
}
