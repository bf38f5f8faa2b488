import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

/** The seconds for which an assertion is good: the hub takes 300 at most. */
const GOOD_FOR = 120;

const ALGORITHMS: Readonly<Record<string, string>> = { ec: 'ES256', ed25519: 'EdDSA', rsa: 'PS256' };

/**
 * Reads a private key.
 *
 * @param pem PKCS #8 or SEC 1, as `openssl` writes it: P-256, Ed25519 or RSA
 * @throws Error where it is none of these; the message holds nothing of the key
 */
export function readPrivateKey(pem: string): { readonly key: KeyObject; readonly alg: string } {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new Error('The private key is not a PEM text that can be read without a password');
  }
  const alg = ALGORITHMS[key.asymmetricKeyType ?? ''];
  const isOtherCurve = alg === 'ES256' && key.asymmetricKeyDetails?.namedCurve !== 'prime256v1';
  if (alg === undefined || isOtherCurve) throw new Error('The private key must be of P-256, Ed25519 or RSA');
  return { key, alg };
}

/** A new assertion (RFC 7523): each is good for one token. */
export async function signAssertion(
  { key, alg }: ReturnType<typeof readPrivateKey>,
  { clientId, audience, kid }: { readonly clientId: string; readonly audience: string; readonly kid?: string },
): Promise<string> {
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setExpirationTime(`${GOOD_FOR}s`)
    .sign(key);
}
