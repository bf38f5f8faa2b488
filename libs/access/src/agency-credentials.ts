import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { auditEntry, type Actor } from '#audit';
import { Agency, AgencyClient, rowsOf, type Database } from '#store';
import type { AgencyActor } from './policy.ts';

/** Tokens are 256 random bits, so a plain hash keeps them: there is nothing to guess. */
const hash = (token: string) => createHash('sha256').update(token).digest();
const asBytea = (bytes: Buffer) => `\\x${bytes.toString('hex')}`;

export interface NewAgency {
  readonly name: string;
  readonly kind: string;
  /** DfE source of referral, such as 2A. */
  readonly sourceCode: string;
}

/** Agencies and what they identify themselves with. */
export class AgencyCredentials {
  constructor(private readonly database: Database) {}

  /** @returns the agency's new token, which is kept nowhere: only its hash is stored */
  /** Every agency, by name. */
  async agencies(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return this.database.rows('SELECT id, name FROM agency ORDER BY name, id');
  }

  async addAgency(agency: NewAgency, by: Actor): Promise<{ agencyId: string; token: string }> {
    const token = `mash_${randomBytes(32).toString('base64url')}`;
    const agencyId = randomUUIDv7();
    await this.database.transaction(async (tx) => {
      await tx.insert(
        rowsOf(Agency, { id: agencyId, ...agency, createdAt: tx.now }),
        rowsOf(AgencyClient, {
          id: randomUUIDv7(),
          agencyId,
          tokenHash: asBytea(hash(token)),
          createdAt: tx.now,
        }),
        auditEntry(tx, by, 'agency.added', null, { agencyId }),
      );
    });
    return { agencyId, token };
  }

  /** The agency whose token this is; null for a token that is unknown or revoked. */
  async agencyOf(token: string): Promise<AgencyActor | null> {
    const client = await this.database.row<{ agencyId: string }>(
      'SELECT agency_id AS "agencyId" FROM agency_client WHERE token_hash = $1 AND revoked_at IS NULL',
      [hash(token)],
    );
    return client === null ? null : { kind: 'agency', id: client.agencyId };
  }
}
