import { errors, jwtVerify, SignJWT } from 'jose';
import { isUuid } from '#platform';
import type { NewAgency } from '../agencies.ts';

/** A link leads to its sandbox for so long. The sandbox stays for as long as it is used. */
export const SANDBOX_LINK_DAYS = 30;

const FOR = 'mash-sandbox';

/** Whom a link lets into a sandbox. */
export interface SandboxGuest {
  /** Of the sandbox, a UUID: the same for each use of a link. */
  readonly id: string;
  readonly agency: Pick<NewAgency, 'name' | 'kind' | 'sourceCode'>;
}

/** By what links are signed, and where they lead. */
export interface SandboxSigner {
  /** The sandbox has it too. */
  readonly secret: string;
  /** The address of the sandbox. */
  readonly url: string;
}

/**
 * A link by which the developers of an agency come to a sandbox of their own. It names the agency and nothing of the hub.
 */
export async function sandboxLink(
  { secret, url }: SandboxSigner,
  { id, agency: { name, kind, sourceCode } }: SandboxGuest,
  now: Temporal.Instant,
): Promise<string> {
  const token = await new SignJWT({ name, kind, sourceCode })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(FOR)
    .setJti(id)
    .setExpirationTime(new Date(now.add({ hours: SANDBOX_LINK_DAYS * 24 }).epochMilliseconds))
    .sign(new TextEncoder().encode(secret));
  return `${url}/join/${token}`;
}

/** @returns null for a token that is none of the hub's, or that has run out */
export async function readSandboxLink(
  secret: string,
  token: string,
  now: Temporal.Instant,
): Promise<SandboxGuest | null> {
  try {
    const { payload } = await jwtVerify<SandboxGuest['agency']>(token, new TextEncoder().encode(secret), {
      ...{ algorithms: ['HS256'], audience: FOR, requiredClaims: ['exp', 'jti'] },
      currentDate: new Date(now.epochMilliseconds),
    });
    const { jti = '', name, kind, sourceCode } = payload;
    return isUuid(jti) ? { id: jti, agency: { name, kind, sourceCode } } : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
