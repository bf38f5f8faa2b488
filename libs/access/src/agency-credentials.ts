import { Injectable } from '@nestjs/common';
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import { Agency, AgencyClient, Database, rowsOf, SERVICE, sql, type Actor } from '#store';
import type { AgencyActor } from './policy.ts';

/** Tokens are 256 random bits, so a plain hash keeps them: there is nothing to guess. */
const hash = (token: string) => createHash('sha256').update(token).digest();

export interface NewAgency {
  readonly name: string;
  readonly kind: string;
  /** DfE source of referral, such as 2A. */
  readonly sourceCode: string;
}

/** An agency in a list. */
export type AgencyLine = Pick<Agency, 'id' | 'name' | 'sourceCode'>;

/** Agencies and what they identify themselves with. */
@Injectable()
export class AgencyCredentials {
  constructor(private readonly database: Database) {}

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
        rowsOf(Agency, { id: agencyId, ...agency, createdAt: tx.now }),
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

  /** The agency whose token this is; null for a token that is unknown or revoked. */
  async agencyOf(token: string): Promise<AgencyActor | null> {
    const client = await this.clientOf(token);
    return client === null || client.isRevoked ? null : { kind: 'agency', id: client.agencyId };
  }

  /** The credential that this token is, revoked or not; null for a token that is unknown. */
  async clientOf(token: string): Promise<Client | null> {
    return this.database.as(SERVICE).row<Client>(
      sql`SELECT id, agency_id AS "agencyId", revoked_at IS NOT NULL AS "isRevoked"
       FROM agency_client WHERE token_hash = ${hash(token)}`,
    );
  }
}

/** A credential of an agency. */
export interface Client {
  readonly id: string;
  readonly agencyId: string;
  readonly isRevoked: boolean;
}
