import { OLD_TOKEN_DAYS } from '#access';

/**
 * Says to a program that its token is of a kind that ends: since when that is so (`Deprecation`, RFC 9745), when it ends
 * (`Sunset`, RFC 8594), and where it is written what comes instead.
 *
 * @param until when the token runs out
 */
export function endOfOldToken(until: Temporal.Instant) {
  const since = until.subtract({ hours: OLD_TOKEN_DAYS * 24 });
  return {
    Deprecation: `@${Math.floor(since.epochMilliseconds / 1_000)}`,
    Sunset: new Date(until.epochMilliseconds).toUTCString(),
    Link: '</docs>; rel="deprecation"; type="text/html"',
  };
}
