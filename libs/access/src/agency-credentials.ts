import { Injectable } from '@nestjs/common';
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import type { FeedbackBy } from '#domain';
import { Agency, AgencyClient, allDone, Database, Gathered, rowsOf, SERVICE, sql, type Actor } from '#store';
import type { AgencyActor } from './policy.ts';

/** Tokens are 256 random bits, so a plain hash keeps them: there is nothing to guess. */
const hash = (token: string) => createHash('sha256').update(token).digest();

/** Tokens that are looked up in one question. */
const MOST = 64;

export interface NewAgency {
  readonly name: string;
  readonly kind: string;
  /** DfE source of referral, such as 2A. */
  readonly sourceCode: string;
  /** By what means its referrers are told of a decision; by e-mail where it is left out. */
  readonly feedbackBy?: FeedbackBy;
}

/** An agency in a list. */
export type AgencyLine = Pick<Agency, 'id' | 'name' | 'sourceCode'>;

/** Agencies and what they identify themselves with. */
@Injectable()
export class AgencyCredentials {
  private readonly clients: Gathered<Buffer, Client | null>;

  constructor(private readonly database: Database) {
    this.clients = new Gathered(async (hashes) => allDone(await this.clientsOf(hashes)), MOST, 1);
  }

  /** Every agency, by name. */
  async agencies(): Promise<readonly AgencyLine[]> {
    return this.database
      .as(SERVICE)
      .rows<AgencyLine>(sql`SELECT id, name, source_code AS "sourceCode" FROM agency ORDER BY name, id`);
  }

  /** @returns the agency's new token, which is kept nowhere: only its hash is stored */
  async addAgency(agency: NewAgency, by: Actor): Promise<{ agencyId: string; token: string }> {
    const token = `mash_${randomBytes(32).toString('base64url')}`;
    const agencyId = randomUUIDv7();
    await this.database.as(by).transaction(async (tx) => {
      await tx.insert(
        rowsOf(Agency, { id: agencyId, feedbackBy: 'email', ...agency, createdAt: tx.now }),
        rowsOf(AgencyClient, {
          id: randomUUIDv7(),
          agencyId,
          tokenHash: hash(token),
          createdAt: tx.now,
        }),
        auditEntry(tx, 'agency.added', null, { agencyId }),
      );
    });
    return { agencyId, token };
  }

  /** From now on the referrers of an agency are told of decisions by this means. @returns whether there is such an agency */
  async setFeedback(name: string, feedbackBy: FeedbackBy, by: Actor): Promise<boolean> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Agency, { name }, ['id']);
      if (found === null) return false;
      await tx.change(Agency, found.id, { feedbackBy });
      await tx.insert(auditEntry(tx, 'agency.feedback-set', null, { agencyId: found.id, feedbackBy }));
      return true;
    });
  }

  /** The agency whose token this is; null for a token that is unknown or revoked. */
  async agencyOf(token: string): Promise<AgencyActor | null> {
    const client = await this.clientOf(token);
    return client === null || client.isRevoked ? null : { kind: 'agency', id: client.agencyId };
  }

  /** The credential that this token is, revoked or not; null for a token that is unknown. */
  async clientOf(token: string): Promise<Client | null> {
    return this.clients.ask(hash(token));
  }

  /** In one question for the requests that come at the same time. */
  private async clientsOf(hashes: readonly Buffer[]): Promise<readonly (Client | null)[]> {
    const found = await this.database.as(SERVICE).prepared<Client & { tokenHash: Buffer }>(
      sql`SELECT id, agency_id AS "agencyId", revoked_at IS NOT NULL AS "isRevoked", token_hash AS "tokenHash"
       FROM agency_client WHERE token_hash = ANY(${hashes}::bytea[])`,
    );
    return hashes.map((one) => found.find(({ tokenHash }) => tokenHash.equals(one)) ?? null);
  }
}

/** A credential of an agency. */
export interface Client {
  readonly id: string;
  readonly agencyId: string;
  readonly isRevoked: boolean;
}
