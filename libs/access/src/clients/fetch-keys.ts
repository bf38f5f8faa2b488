import { isBlank } from '#domain';
import { OUTBOUND_FAULTS, OutboundFault, type FetchOutbound, type OutboundFaultCode } from '#platform';
import type { JWK } from 'jose';
import { BadKey, publicKeyOf, type PublicKey } from './public-key.ts';

/** A set of two dozen keys with their certificates is shorter. */
const MOST_BYTES = 64_000;
const MOST_KEYS = 10;

/** Why keys were not fetched: as a code, and in words for a person. */
export type KeySetFault = OutboundFaultCode | keyof typeof OF_SETS;
const OF_SETS = {
  'not-a-key-set': 'What is there is no JSON Web Key Set',
  'no-key': 'The set has no RSA, P-256 or Ed25519 key to sign with',
  'many-keys': `The set has more than ${MOST_KEYS} keys`,
  'private-key': 'The set shows a private key: its owner must change it at once',
} as const;

/** @param code of a fault, as it is stored */
export function keySetFaultInWords(code: string): string {
  return { ...OUTBOUND_FAULTS, ...OF_SETS }[code as KeySetFault] ?? 'The keys were not fetched';
}

/** Nothing came, or no keys. */
export class NoKeys extends Error {
  constructor(readonly fault: KeySetFault) {
    super(keySetFaultInWords(fault));
    this.name = 'NoKeys';
  }
}

/** The public keys of a JSON Web Key Set at an address of others (RFC 7517, section 5). @throws NoKeys */
export async function fetchKeys(outbound: FetchOutbound, address: string): Promise<readonly PublicKey[]> {
  let body: Buffer;
  try {
    body = await outbound.get(address, { accept: 'application/jwk-set+json, application/json', most: MOST_BYTES });
  } catch (error) {
    throw error instanceof OutboundFault ? new NoKeys(error.code) : error;
  }
  return keysOf(body.toString('utf8'));
}

async function keysOf(text: string): Promise<readonly PublicKey[]> {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new NoKeys('not-a-key-set');
  }
  const { keys } = (read ?? {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys) || !keys.every(isKey)) throw new NoKeys('not-a-key-set');
  if (keys.length > MOST_KEYS) throw new NoKeys('many-keys');
  if (keys.some((key) => 'd' in key || 'k' in key)) throw new NoKeys('private-key');
  const found: PublicKey[] = [];
  for (const key of keys) {
    try {
      // What a key is for may be said, and a set may have keys of kinds that we do not know: these are passed over.
      if (key.use === undefined || key.use === 'sig') found.push(await publicKeyOf(key));
    } catch (error) {
      if (!(error instanceof BadKey)) throw error;
    }
  }
  if (found.length === 0) throw new NoKeys('no-key');
  return found;
}

function isKey(one: unknown): one is JWK {
  return typeof one === 'object' && one !== null && 'kty' in one && typeof one.kty === 'string' && !isBlank(one.kty);
}
