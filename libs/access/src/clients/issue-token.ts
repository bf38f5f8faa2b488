import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { AccessToken, ClientKey, Database, rowsOf, sql, timeOutside, type Transaction } from '#store';
import { BadAssertion, type ClientAssertion } from './client-assertion.ts';
import type { Scope } from './scopes.ts';
import { hashOfToken, newToken } from './token.ts';
import { UNSIGNED, type SigningKey, type VerifiedAssertion } from './verify-assertion.ts';

/** A token is good for so long: a stolen one is worth little, and a client asks again in good time. */
export const TOKEN_MINUTES = 10;

export interface IssuedToken {
  /** Shown once, and kept nowhere. */
  readonly token: string;
  readonly seconds: number;
  readonly scopes: readonly Scope[];
}

/** Gives a client of an agency an access token for an assertion that it has signed (RFC 6749, RFC 7523). */
@Injectable()
export class IssueToken {
  constructor(private readonly database: Database) {}

  /**
   * @param asked the scopes that it wants, between spaces; undefined for all that it has
   * @throws BadAssertion
   */
  async execute({ said, agencyId, key }: VerifiedAssertion, asked: string | undefined): Promise<IssuedToken> {
    const { clientId } = said;
    const signer = { agencyId, clientId, keyId: key.id };
    const refuse = (error: BadAssertion['error'], description: string) => new BadAssertion(error, description, signer);
    return this.database.as({ kind: 'agency', id: agencyId }).transaction(async (tx) => {
      // Who suspends the client or removes its key locks it too: they come before this token, or end it.
      const client = await lockedClient(tx, clientId);
      const expiresAt = await expiryOf(tx, clientId, key);
      if (client === null || expiresAt === 'gone') throw refuse('invalid_client', UNSIGNED);
      if (expiresAt !== null && Temporal.Instant.compare(expiresAt, tx.now) <= 0) {
        throw refuse('invalid_client', `The key ${key.kid} expired at ${expiresAt.toString()}: add another one`);
      }
      if (client.isSuspended) throw refuse('invalid_client', 'The client is suspended: ask the hub');
      const scopes = scopesOf(client, asked);
      if (scopes === null) {
        throw refuse('invalid_scope', `scope may name only what this client has: ${client.scopes.join(' ')}`);
      }
      if (!(await useOnce(tx, said))) {
        throw refuse('invalid_client', 'jti has been used before: make a new one for each assertion');
      }
      const at = await timeOutside(tx);
      await forgetOld(tx, at);
      if (!key.isAtAddress) await tx.change(ClientKey, key.id, { lastUsedAt: tx.now });
      await tx.insert(auditEntry(tx, 'token.issued', null, { clientId, keyId: key.id, scopes: [...scopes] }));
      return { ...(await issue(tx, clientId, scopes, at)), scopes };
    });
  }
}

interface LockedClient {
  readonly scopes: readonly Scope[];
  readonly isSuspended: boolean;
}

/** As it is once no other act changes it. */
async function lockedClient(tx: Transaction, id: string): Promise<LockedClient | null> {
  return tx.row<LockedClient>(sql`
    SELECT c.scopes, c.suspended_at IS NOT NULL OR a.suspended_at IS NOT NULL AS "isSuspended"
    FROM agency_client c JOIN agency a ON a.id = c.agency_id WHERE c.id = ${id} FOR SHARE`);
}

/** When a key that was given for the client expires; null for one at its address, which the client takes away itself. */
async function expiryOf(tx: Transaction, clientId: string, key: SigningKey): Promise<Temporal.Instant | null | 'gone'> {
  if (!key.isAtAddress) {
    const there = await tx.one(ClientKey, { id: key.id }, ['expiresAt', 'removedAt']);
    return there === null || there.removedAt !== null ? 'gone' : there.expiresAt;
  }
  const one = JSON.stringify([{ thumbprint: key.id }]);
  const there = await tx.row(sql`SELECT 1 FROM client_key_set WHERE client_id = ${clientId} AND keys @> ${one}::jsonb`);
  return there === null ? 'gone' : null;
}

/** @returns null for a scope that the client does not have */
function scopesOf({ scopes }: LockedClient, asked: string | undefined): readonly Scope[] | null {
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
async function forgetOld(tx: Transaction, at: Temporal.Instant): Promise<void> {
  await tx.run(sql`DELETE FROM access_token WHERE expires_at < ${at.subtract({ hours: 24 })}`);
  // A request may have waited since its clock was read.
  await tx.run(sql`DELETE FROM used_assertion WHERE expires_at < ${at.subtract({ minutes: 5 })}`);
}

/** @param at by the clock of the client, which counts the minutes that its token is good for */
async function issue(tx: Transaction, clientId: string, scopes: readonly Scope[], at: Temporal.Instant) {
  const token = newToken();
  const expiresAt = at.add({ minutes: TOKEN_MINUTES });
  await tx.insert(rowsOf(AccessToken, { tokenHash: hashOfToken(token), clientId, scopes, issuedAt: at, expiresAt }));
  return { token, seconds: TOKEN_MINUTES * 60 };
}
