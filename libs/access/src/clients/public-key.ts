import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** NCSC and RFC 7518 ask for no fewer. */
const FEWEST_RSA_BITS = 2048;

/** Why a text is no public key that a client can sign with; in words for the person who brings it. */
export class BadKey extends Error {
  constructor(readonly words: string) {
    super(words);
    this.name = 'BadKey';
  }
}

/** A public key with the name that its owner gives it, and the name that it has by itself (RFC 7638). */
export interface PublicKey {
  readonly kid: string;
  readonly jwk: JWK;
  readonly thumbprint: string;
}

/** The algorithms for which a key of its kind is good; none for another kind. */
export function algorithmsOf({ kty, crv }: JWK): readonly string[] {
  if (kty === 'RSA') return ['RS256', 'PS256'];
  if (kty === 'EC' && crv === 'P-256') return ['ES256'];
  return kty === 'OKP' && crv === 'Ed25519' ? ['EdDSA', 'Ed25519'] : [];
}

/**
 * The public key that a person brings: a JSON Web Key, a set of one, a PEM public key, or a PEM certificate.
 *
 * @returns the key with nothing but what is public, and the name that it has, or its thumbprint (RFC 7638)
 * @throws BadKey
 */
export async function readPublicKey(text: string): Promise<PublicKey> {
  return publicKeyOf(text.trim().startsWith('{') ? fromJson(text) : fromPem(text));
}

/** @throws BadKey for a key that is private, of another kind, too short, or not whole */
export async function publicKeyOf(given: JWK): Promise<PublicKey> {
  if ('d' in given || 'k' in given) {
    throw new BadKey('This key is private or shared. Keep it secret, make a new pair, and bring its public half only');
  }
  const jwk = publicPartOf(given);
  if (algorithmsOf(jwk).length === 0) throw new BadKey('Bring an RSA, a P-256 or an Ed25519 public key');
  mustBeWhole(jwk);
  const thumbprint = await calculateJwkThumbprint(jwk);
  const kid = typeof given.kid === 'string' && given.kid.trim() !== '' ? given.kid : thumbprint;
  if (kid.length > 200) throw new BadKey('The kid of the key must be 200 characters or fewer');
  return { kid, jwk, thumbprint };
}

function fromJson(text: string): JWK {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new BadKey('This begins as JSON and is none: look whether it was copied whole');
  }
  const { keys } = read as { keys?: unknown };
  const one: unknown = Array.isArray(keys) && keys.length === 1 ? keys[0] : read;
  if (typeof one !== 'object' || one === null || !('kty' in one) || typeof one.kty !== 'string') {
    throw new BadKey('Bring one JSON Web Key, or a set of one');
  }
  return one as JWK;
}

function fromPem(text: string): JWK {
  if (/PRIVATE KEY/.test(text)) {
    throw new BadKey('This key is private. Keep it secret, make a new pair, and bring its public half only');
  }
  try {
    return createPublicKey(text.trim()).export({ format: 'jwk' });
  } catch {
    throw new BadKey('Bring a public key as PEM (BEGIN PUBLIC KEY), a certificate, or a JSON Web Key');
  }
}

function mustBeWhole(jwk: JWK): void {
  let bits: number | undefined;
  try {
    bits = createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyDetails?.modulusLength;
  } catch {
    throw new BadKey('Parts of the key are missing or wrong: look whether it was copied whole');
  }
  if (bits !== undefined && bits < FEWEST_RSA_BITS) {
    throw new BadKey(`An RSA key must have ${FEWEST_RSA_BITS} bits or more: this one has ${bits}`);
  }
}

/** What an RSA or a curve's public key consists of, and no more. */
function publicPartOf(key: JWK): JWK {
  const parts = ['kty', 'crv', 'x', 'y', 'n', 'e'];
  return Object.fromEntries(Object.entries(key).filter(([name]) => parts.includes(name)));
}
