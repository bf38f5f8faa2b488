import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactVerify, errors, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { auditEntry } from '#audit';
import { AccessToken, ClientKey, Database, rowsOf, SERVICE, sql, type Transaction } from '#store';
import { BadAssertion, readAssertion, type ClientAssertion } from './client-assertion.ts';
import { algorithmsOf } from './public-key.ts';
import type { Scope } from './scopes.ts';
import { hashOfToken, newToken } from './token.ts';

/** A token is good for so long: a stolen one is worth little, and a client asks again in good time. */
export const TOKEN_MINUTES = 10;

export interface IssuedToken {
  /** Shown once, and kept nowhere. */
  readonly token: string;
  readonly seconds: number;
  readonly scopes: readonly Scope[];
}

interface ClientWithKeys {
  readonly agencyId: string;
  readonly scopes: readonly Scope[];
  readonly isSuspended: boolean;
  readonly keys: readonly {
    readonly id: string;
    readonly kid: string;
    readonly jwk: JWK;
    readonly expiresAt: string;
  }[];
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

/** Gives a client of an agency an access token for an assertion that it has signed (RFC 6749, RFC 7523). */
@Injectable()
export class IssueToken {
  constructor(private readonly database: Database) {}

  /**
   * @param asked the scopes that it wants, between spaces; undefined for all that it has
   * @param audience the address of the token endpoint
   * @throws BadAssertion
   */
  async execute(assertion: string, asked: string | undefined, audience: string): Promise<IssuedToken> {
    const said = readAssertion(assertion, audience, await this.database.now());
    const client = await this.clientOf(said.clientId);
    const key = await signedBy(assertion, said, client);
    if (client === null || key === null) {
      throw new BadAssertion('invalid_client', 'The assertion is not signed with a key of the client that iss names');
    }
    const signer = { agencyId: client.agencyId, clientId: said.clientId, keyId: key.id };
    const refuse = (error: BadAssertion['error'], description: string) => new BadAssertion(error, description, signer);
    return this.database.as({ kind: 'agency', id: client.agencyId }).transaction(async (tx) => {
      if (Temporal.Instant.compare(Temporal.Instant.from(key.expiresAt), tx.now) <= 0) {
        throw refuse('invalid_client', `The key ${key.kid} expired at ${key.expiresAt}: add another one`);
      }
      if (client.isSuspended) throw refuse('invalid_client', 'The client is suspended: ask the hub');
      const scopes = scopesOf(client, asked);
      if (scopes === null) {
        throw refuse('invalid_scope', `scope may name only what this client has: ${client.scopes.join(' ')}`);
      }
      if (!(await useOnce(tx, said))) {
        throw refuse('invalid_client', 'jti has been used before: make a new one for each assertion');
      }
      await forgetOld(tx);
      await tx.change(ClientKey, key.id, { lastUsedAt: tx.now });
      const { clientId } = said;
      await tx.insert(auditEntry(tx, 'token.issued', null, { clientId, keyId: key.id, scopes: [...scopes] }));
      return { ...(await issue(tx, clientId, scopes)), scopes };
    });
  }

  private async clientOf(id: string): Promise<ClientWithKeys | null> {
    return this.database.as(SERVICE).row<ClientWithKeys>(sql`
      SELECT c.agency_id AS "agencyId", c.scopes, c.suspended_at IS NOT NULL AS "isSuspended",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kid', k.kid, 'jwk', k.jwk, 'expiresAt', k.expires_at)), '[]')
         FROM client_key k WHERE k.client_id = c.id AND k.removed_at IS NULL) AS keys
      FROM agency_client c WHERE c.id = ${id}`);
  }
}

/** The key of the client with which the assertion is signed; null for none. */
async function signedBy(assertion: string, said: ClientAssertion, client: ClientWithKeys | null) {
  const named = (client?.keys ?? []).filter(({ kid }) => said.kid === null || kid === said.kid);
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

/** @returns null for a scope that the client does not have */
function scopesOf({ scopes }: ClientWithKeys, asked: string | undefined): readonly Scope[] | null {
  if (asked === undefined || asked.trim() === '') return scopes;
  const wanted = [...new Set(asked.trim().split(/ +/))];
  const known = scopes.filter((scope) => wanted.includes(scope));
  return known.length < wanted.length ? null : known;
}

/** @returns false for an assertion that has been used before */
async function useOnce(tx: Transaction, { clientId, jti, expiresAt }: ClientAssertion): Promise<boolean> {
  const jtiHash = createHash('sha256').update(jti).digest();
  const used = await tx.run(sql`
    INSERT INTO used_assertion (client_id, jti_hash, expires_at) VALUES (${clientId}, ${jtiHash}, ${expiresAt})
    ON CONFLICT DO NOTHING`);
  return used > 0;
}

/** What has run out is kept for a day, so that the record of a refusal can name its client, and an assertion not at all. */
async function forgetOld(tx: Transaction): Promise<void> {
  await tx.run(sql`DELETE FROM access_token WHERE expires_at < ${tx.now.subtract({ hours: 24 })}`);
  // A request may have waited since its clock was read.
  await tx.run(sql`DELETE FROM used_assertion WHERE expires_at < ${tx.now.subtract({ minutes: 5 })}`);
}

async function issue(tx: Transaction, clientId: string, scopes: readonly Scope[]) {
  const token = newToken();
  const expiresAt = tx.now.add({ minutes: TOKEN_MINUTES });
  await tx.insert(
    rowsOf(AccessToken, { tokenHash: hashOfToken(token), clientId, scopes, issuedAt: tx.now, expiresAt }),
  );
  return { token, seconds: TOKEN_MINUTES * 60 };
}
