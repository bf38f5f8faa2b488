import { Injectable } from '@nestjs/common';
import { compactVerify, errors, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { Database, SERVICE, sql, timeOutside } from '#store';
import { BadAssertion, readAssertion, type ClientAssertion } from './client-assertion.ts';
import { KeySets, type KeySet } from './key-sets.ts';
import { algorithmsOf } from './public-key.ts';

/** An assertion whose signature is a client's own. Whether that client gets a token is seen when the token is made. */
export interface VerifiedAssertion {
  readonly said: ClientAssertion;
  readonly agencyId: string;
  readonly key: SigningKey;
}

/** A key of a client: one that was given for it, or one at its address. */
export interface SigningKey {
  /** The key's id, or the thumbprint (RFC 7638) of one at an address. */
  readonly id: string;
  readonly kid: string;
  readonly jwk: JWK;
  readonly isAtAddress: boolean;
}

interface ClientWithKeys {
  readonly agencyId: string;
  readonly isSuspended: boolean;
  readonly keys: readonly Omit<SigningKey, 'isAtAddress'>[];
  readonly keySet: KeySet | null;
}

/** Keys that no client has, by algorithm: an unknown client takes as long as a known one. */
const NO_ONES_KEYS = new Map<string, Promise<JWK>>();

function noOnesKey(alg: string): Promise<JWK> {
  const known = NO_ONES_KEYS.get(alg);
  if (known !== undefined) return known;
  const made = generateKeyPair(alg, { extractable: true }).then(({ publicKey }) => exportJWK(publicKey));
  NO_ONES_KEYS.set(alg, made);
  return made;
}

/** Finds out whose an assertion is (RFC 7523). Keys at an address are fetched here, before any transaction begins. */
@Injectable()
export class VerifyAssertion {
  constructor(
    private readonly database: Database,
    private readonly keySets: KeySets,
  ) {}

  /**
   * @param audience the address of the token endpoint
   * @throws BadAssertion
   */
  async execute(assertion: string, audience: string): Promise<VerifiedAssertion> {
    const said = readAssertion(assertion, audience, await timeOutside(this.database.as(SERVICE)));
    const client = await this.clientOf(said.clientId);
    const key = await signedBy(assertion, said, client === null ? [] : await this.keysOf(client, said));
    if (client === null || key === null) {
      throw new BadAssertion('invalid_client', UNSIGNED);
    }
    return { said, agencyId: client.agencyId, key };
  }

  private async keysOf(client: ClientWithKeys, { clientId, kid }: ClientAssertion): Promise<readonly SigningKey[]> {
    const given = client.keys.map((key) => ({ ...key, isAtAddress: false }));
    const { keySet, isSuspended } = client;
    if (keySet === null || given.some((key) => key.kid === kid)) return given;
    // Nothing is fetched for a client that may do nothing.
    const found = isSuspended ? keySet.keys : await this.keySets.keysOf(clientId, keySet, kid);
    const atAddress = found.map(({ thumbprint: id, kid, jwk }) => ({ id, kid, jwk, isAtAddress: true }));
    return [...given, ...atAddress];
  }

  private async clientOf(id: string): Promise<ClientWithKeys | null> {
    return this.database.as(SERVICE).row<ClientWithKeys>(sql`
      SELECT c.agency_id AS "agencyId", c.suspended_at IS NOT NULL OR a.suspended_at IS NOT NULL AS "isSuspended",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kid', k.kid, 'jwk', k.jwk)), '[]')
         FROM client_key k WHERE k.client_id = c.id AND k.removed_at IS NULL) AS keys,
        (SELECT jsonb_build_object('address', s.address, 'keys', s.keys,
           'isFresh', s.fetched_at > mash.now() - interval '10 minutes',
           'holds', s.fetched_at > mash.now() - interval '24 hours')
         FROM client_key_set s WHERE s.client_id = c.id) AS "keySet"
      FROM agency_client c JOIN agency a ON a.id = c.agency_id WHERE c.id = ${id}`);
  }
}

export const UNSIGNED = 'The assertion is not signed with a key of the client that iss names';

/** The key with which the assertion is signed; null for none. */
async function signedBy(assertion: string, said: ClientAssertion, keys: readonly SigningKey[]) {
  const named = keys.filter(({ kid }) => said.kid === null || kid === said.kid);
  for (const key of named) if (await isSignedWith(assertion, said.alg, key.jwk)) return key;
  if (named.length === 0) await isSignedWith(assertion, said.alg, await noOnesKey(said.alg));
  return null;
}

async function isSignedWith(assertion: string, alg: string, jwk: JWK): Promise<boolean> {
  // A key is good for the algorithms of its own kind, whatever the assertion says.
  if (!algorithmsOf(jwk).includes(alg)) return false;
  try {
    await compactVerify(assertion, await importJWK(jwk, alg), { algorithms: [alg] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
