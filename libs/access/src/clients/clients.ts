import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { AgencyClient, ClientKey, Database, rowsOf, sql, type Actor, type RowsOf, type Transaction } from '#store';
import type { Scope } from './scopes.ts';

/** Two, so that a client begins with the next key before it ends with the last. */
export const MOST_KEYS = 2;
/** A key is changed once a year. */
const KEY_DAYS = 365;
/** From then on pages say that it expires. */
const EXPIRING_DAYS = 30;

/** A public key as people see it. */
export interface KeyLine {
  readonly id: string;
  readonly kid: string;
  /** Such as `RSA`, `EC` and `OKP`. */
  readonly kind: string;
  readonly addedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** Null for one that no token was given for yet. */
  readonly lastUsedAt: Temporal.Instant | null;
  readonly standing: 'good' | 'expiring' | 'expired';
}

/** A program of an agency as people see it. */
export interface ClientLine {
  readonly id: string;
  readonly agencyId: string;
  readonly agency: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Since when it may do nothing; null for one that may. */
  readonly suspendedAt: Temporal.Instant | null;
  readonly keys: readonly KeyLine[];
  /** When the last token runs out that needs no key, as agencies had them before; null where there is none. */
  readonly oldTokenUntil: Temporal.Instant | null;
}

/** A public key with the name that the client gives it. */
export interface NamedKey {
  readonly kid: string;
  readonly jwk: JWK;
}

export interface NewClient {
  readonly agencyId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly key?: NamedKey;
}

/** The programs of agencies that use the API, and the keys with which they sign. */
@Injectable()
export class AgencyClients {
  constructor(private readonly database: Database) {}

  /** @param agencyId of one agency; null for those of all, by agency and name */
  async list(agencyId: string | null, by: Actor): Promise<readonly ClientLine[]> {
    return this.database.as(by).transaction((tx) => clientsOf(tx, agencyId));
  }

  /** Those of one agency, and the instant at which they are so. */
  async ofAgency(
    agencyId: string,
    by: Actor,
  ): Promise<{ readonly clients: readonly ClientLine[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => ({ clients: await clientsOf(tx, agencyId), now: tx.now }));
  }

  /**
   * @param key its first key; left out for one that gets its key later
   * @returns its id, by which it names itself
   * @throws Refused `not-found` for an agency that is not there
   */
  async add({ agencyId, name, scopes, key }: NewClient, by: Actor): Promise<string> {
    const id = randomUUIDv7();
    await this.database.as(by).transaction(async (tx) => {
      const agency = isUuid(agencyId) ? await tx.row(sql`SELECT 1 FROM agency WHERE id = ${agencyId}`) : null;
      if (agency === null) throw new Refused('not-found');
      await tx.insert(
        rowsOf(AgencyClient, { id, agencyId, name, scopes, createdAt: tx.now, suspendedAt: null }),
        auditEntry(tx, 'client.added', null, { agencyId, clientId: id, scopes: [...scopes] }),
        ...(key === undefined ? [] : keyRows(tx, id, key)),
      );
    });
    return id;
  }

  /**
   * From the next request on it may do nothing, or may ask for tokens again. Those that it had are good no more, also one
   * that needs no key.
   *
   * @throws Refused `not-found`
   */
  async suspend(clientId: string, isSuspended: boolean, by: Actor): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      const { suspendedAt } = await lockClient(tx, clientId);
      if ((suspendedAt !== null) === isSuspended) return;
      await tx.change(AgencyClient, clientId, { suspendedAt: isSuspended ? tx.now : null });
      await tx.run(
        sql`UPDATE access_token SET expires_at = ${tx.now} WHERE client_id = ${clientId} AND expires_at > ${tx.now}`,
      );
      await tx.insert(auditEntry(tx, isSuspended ? 'client.suspended' : 'client.resumed', null, { clientId }));
    });
  }

  /** @throws Refused `not-found`, `key-there-already`, or `keys-enough` when the client has two already */
  async addKey(clientId: string, { kid, jwk }: NamedKey, by: Actor): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      await lockClient(tx, clientId);
      const keys = await tx.rows<{ kid: string; isSame: boolean; isRemoved: boolean }>(sql`
        SELECT kid, jwk = ${JSON.stringify(jwk)}::jsonb AS "isSame", removed_at IS NOT NULL AS "isRemoved"
        FROM client_key WHERE client_id = ${clientId}`);
      // Nor one that was removed: it may be in other hands.
      const isThere = keys.some((one) => one.isSame || (!one.isRemoved && one.kid === kid));
      if (isThere) throw new Refused('key-there-already');
      if (keys.filter(({ isRemoved }) => !isRemoved).length >= MOST_KEYS) throw new Refused('keys-enough');
      await tx.insert(...keyRows(tx, clientId, { kid, jwk }));
    });
  }

  /** What it has signed gives no token any more; the tokens that it gave run out by themselves. @throws Refused `not-found` */
  async removeKey(clientId: string, keyId: string, by: Actor): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      await lockClient(tx, clientId);
      const key = isUuid(keyId) ? await tx.one(ClientKey, { id: keyId, clientId }, ['removedAt']) : null;
      if (key?.removedAt !== null) throw new Refused('not-found');
      await tx.change(ClientKey, keyId, { removedAt: tx.now });
      await tx.insert(auditEntry(tx, 'client.key-removed', null, { clientId, keyId }));
    });
  }
}

function keyRows(tx: Transaction, clientId: string, { kid, jwk }: NamedKey): readonly RowsOf[] {
  const id = randomUUIDv7();
  const times = { addedAt: tx.now, expiresAt: tx.now.add({ hours: KEY_DAYS * 24 }), removedAt: null };
  return [
    rowsOf(ClientKey, { id, clientId, kid, jwk, ...times, lastUsedAt: null }),
    auditEntry(tx, 'client.key-added', null, { clientId, keyId: id }),
  ];
}

async function lockClient(tx: Transaction, id: string) {
  const found = isUuid(id)
    ? await tx.row<{ suspendedAt: Temporal.Instant | null }>(
        sql`SELECT suspended_at AS "suspendedAt" FROM agency_client WHERE id = ${id} FOR NO KEY UPDATE`,
      )
    : null;
  if (found === null) throw new Refused('not-found');
  return found;
}

async function clientsOf(tx: Transaction, agencyId: string | null): Promise<readonly ClientLine[]> {
  const clients = await tx.rows<Omit<ClientLine, 'keys'>>(sql`
    SELECT c.id, c.agency_id AS "agencyId", a.name AS agency, c.name, c.scopes, c.suspended_at AS "suspendedAt",
      (SELECT max(expires_at) FROM access_token t
       WHERE t.client_id = c.id AND t.expires_at > t.issued_at + interval '1 day' AND t.expires_at > ${tx.now}) AS "oldTokenUntil"
    FROM agency_client c JOIN agency a ON a.id = c.agency_id
    WHERE ${agencyId}::uuid IS NULL OR c.agency_id = ${agencyId} ORDER BY a.name, c.name, c.id`);
  const keys = await tx.rows<Omit<KeyLine, 'standing'> & { clientId: string }>(sql`
    SELECT id, client_id AS "clientId", kid, jwk->>'kty' AS kind, added_at AS "addedAt", expires_at AS "expiresAt",
      last_used_at AS "lastUsedAt"
    FROM client_key WHERE removed_at IS NULL ORDER BY added_at, id`);
  const soon = tx.now.add({ hours: EXPIRING_DAYS * 24 });
  const standing = ({ expiresAt }: { readonly expiresAt: Temporal.Instant }) => {
    if (Temporal.Instant.compare(expiresAt, tx.now) <= 0) return 'expired';
    return Temporal.Instant.compare(expiresAt, soon) <= 0 ? 'expiring' : 'good';
  };
  return clients.map((client) => ({
    ...client,
    keys: keys
      .filter(({ clientId }) => clientId === client.id)
      .map(({ clientId: _, ...key }) => ({ ...key, standing: standing(key) })),
  }));
}
