import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { isUuid } from '#platform';

/** Signatures by a private key that only the client has. A shared secret (HS256) and no signature at all are none. */
export const ASSERTION_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const;

/** An assertion that is used later than this was made long ago, or stolen. */
const LONGEST_SECONDS = 300;
/** The clocks of two machines differ by so much. */
const SKEW_SECONDS = 60;
const LONGEST_JTI = 200;

/** What an assertion says of itself, before its signature is looked at. */
export interface ClientAssertion {
  readonly clientId: string;
  readonly jti: string;
  readonly expiresAt: Temporal.Instant;
  /** One of {@link ASSERTION_ALGORITHMS}. */
  readonly alg: string;
  /** Which of the client's keys signed it; null where it does not say. */
  readonly kid: string | null;
}

/** Why no token is given, for the developer of the client: it names the claim, and the value that is expected. */
export class BadAssertion extends Error {
  constructor(
    readonly error: 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type',
    readonly description: string,
    /** Whose assertion it is, once its signature says so; null before. */
    readonly signer: { readonly agencyId: string; readonly clientId: string; readonly keyId: string } | null = null,
  ) {
    super(description);
    this.name = 'BadAssertion';
  }
}

const bad = (description: string) => new BadAssertion('invalid_client', description);

/**
 * The claims of a client's assertion (RFC 7523), each as it must be. No claim tells whether there is such a client.
 *
 * @param audience the address of the token endpoint, to the character
 * @throws BadAssertion naming the first claim that is not as it must be
 */
export function readAssertion(assertion: string, audience: string, now: Temporal.Instant): ClientAssertion {
  const { alg, kid, crit, b64 } = headerOf(assertion);
  if (crit !== undefined || b64 !== undefined) throw bad('The header must have neither crit nor b64');
  if (alg === undefined || !ASSERTION_ALGORITHMS.some((one) => one === alg)) {
    throw bad(`alg must be one of ${ASSERTION_ALGORITHMS.join(', ')}`);
  }
  const { iss, sub, aud, exp, nbf, jti } = payloadOf(assertion);
  if (iss === undefined || iss !== sub || !isUuid(iss)) throw bad('iss and sub must both be the id of your client');
  if (!isOnly(aud, audience)) throw bad(`aud must be exactly ${audience}`);
  const seconds = Math.floor(now.epochMilliseconds / 1000);
  if (exp === undefined) throw bad('exp is missing: it says when the assertion expires, in seconds since 1970');
  if (exp <= seconds - SKEW_SECONDS) throw bad(`exp has passed: our clock says ${seconds}`);
  if (exp > seconds + LONGEST_SECONDS + SKEW_SECONDS) {
    throw bad(`exp must be at most ${LONGEST_SECONDS} seconds ahead: our clock says ${seconds}`);
  }
  if (nbf !== undefined && nbf > seconds + SKEW_SECONDS) throw bad(`nbf is ahead: our clock says ${seconds}`);
  if (jti === undefined || jti === '' || jti.length > LONGEST_JTI) {
    throw bad(`jti must be a text of 1 to ${LONGEST_JTI} characters, a new one for each assertion`);
  }
  const expiresAt = Temporal.Instant.fromEpochMilliseconds((exp + SKEW_SECONDS) * 1000);
  if (kid !== undefined && typeof kid !== 'string') throw bad('kid must be a text');
  return { clientId: iss, jti, expiresAt, alg, kid: kid ?? null };
}

function headerOf(assertion: string) {
  try {
    return decodeProtectedHeader(assertion);
  } catch {
    throw bad('client_assertion must be a signed JWT: three parts in base64url with dots between them');
  }
}

function payloadOf(assertion: string): JWTPayload {
  let claims: JWTPayload;
  try {
    claims = decodeJwt(assertion);
  } catch {
    throw bad('client_assertion must be a signed JWT whose claims are an object');
  }
  const isText = (value: unknown) => value === undefined || typeof value === 'string';
  const isNumber = (value: unknown) => value === undefined || Number.isSafeInteger(value);
  if (![claims.iss, claims.sub, claims.jti].every(isText)) throw bad('iss, sub and jti must be texts');
  if (![claims.exp, claims.nbf].every(isNumber)) throw bad('exp and nbf must be whole seconds since 1970');
  return claims;
}

/** An assertion that is for others as well could be used by them. */
function isOnly(aud: JWTPayload['aud'], audience: string): boolean {
  return Array.isArray(aud) ? aud.length === 1 && aud[0] === audience : aud === audience;
}

/**
 * The client that an assertion says it is of, true or not: by it failures are counted, so that one program which goes on
 * failing holds up no other behind the same address.
 *
 * @returns null where it says none
 */
export function claimedClient(assertion: string): string | null {
  try {
    const { iss } = decodeJwt(assertion);
    return iss !== undefined && isUuid(iss) ? iss : null;
  } catch {
    return null;
  }
}
