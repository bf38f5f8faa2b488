import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { AgencyClient, ClientKey, Database, rowsOf, sql, type Actor, type RowsOf, type Transaction } from '#store';
import { sentOnce, type FormOrNone } from '../sent-form.ts';
import { keySetRows, type KeyAddress } from './key-sets.ts';
import { lockClient } from './lock-client.ts';
import { clientsOf, type ClientLine } from './read-clients.ts';
import type { Scope } from './scopes.ts';

/** Two, so that a client begins with the next key before it ends with the last. */
export const MOST_KEYS = 2;
/** A key is changed once a year. */
const KEY_DAYS = 365;

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
  /** Or where it shows its keys, with those that are there. */
  readonly keySet?: KeyAddress;
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
   * @throws Refused `not-found` for an agency that is not there, or `form-sent-before`
   */
  async add(client: NewClient, by: Actor, formId: FormOrNone = null): Promise<string> {
    const added = await this.database
      .as(by)
      .transaction((tx) => sentOnce(tx, formId, { kind: 'add-client', answers: client }, () => addClient(tx, client)));
    return added.id;
  }

  /**
   * From the next request on it may do nothing, or may ask for tokens again. Those that it had are good no more, also one
   * that needs no key.
   *
   * @throws Refused `not-found`
   */
  async suspend(clientId: string, isSuspended: boolean, by: Actor, formId: FormOrNone = null): Promise<void> {
    await this.once(by, formId, 'suspend-client', { clientId, isSuspended }, async (tx) => {
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
  async addKey(clientId: string, { kid, jwk }: NamedKey, by: Actor, formId: FormOrNone = null): Promise<void> {
    await this.once(by, formId, 'add-key', { clientId, kid, jwk }, async (tx) => {
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
  async removeKey(clientId: string, keyId: string, by: Actor, formId: FormOrNone = null): Promise<void> {
    await this.once(by, formId, 'remove-key', { clientId, keyId }, async (tx) => {
      await lockClient(tx, clientId);
      const key = isUuid(keyId) ? await tx.one(ClientKey, { id: keyId, clientId }, ['removedAt']) : null;
      if (key?.removedAt !== null) throw new Refused('not-found');
      await tx.change(ClientKey, keyId, { removedAt: tx.now });
      await tx.insert(auditEntry(tx, 'client.key-removed', null, { clientId, keyId }));
    });
  }

  private async once(
    by: Actor,
    formId: FormOrNone,
    kind: string,
    answers: object,
    work: (tx: Transaction) => Promise<void>,
  ) {
    await this.database
      .as(by)
      .transaction((tx) => sentOnce(tx, formId, { kind, answers }, async () => (await work(tx), {})));
  }
}

/** Lets a program in, in the transaction of an act. @throws Refused `not-found` for an agency that is not there */
export async function addClient(tx: Transaction, { agencyId, name, scopes, key, keySet }: NewClient) {
  const id = randomUUIDv7();
  const agency = isUuid(agencyId) ? await tx.row(sql`SELECT 1 FROM agency WHERE id = ${agencyId}`) : null;
  if (agency === null) throw new Refused('not-found');
  await tx.insert(
    rowsOf(AgencyClient, { id, agencyId, name, scopes, createdAt: tx.now, suspendedAt: null }),
    auditEntry(tx, 'client.added', null, { agencyId, clientId: id, scopes: [...scopes] }),
    ...(key === undefined ? [] : keyRows(tx, id, key)),
    ...(keySet === undefined ? [] : keySetRows(tx, id, keySet)),
  );
  return { id };
}

function keyRows(tx: Transaction, clientId: string, { kid, jwk }: NamedKey): readonly RowsOf[] {
  const id = randomUUIDv7();
  const times = { addedAt: tx.now, expiresAt: tx.now.add({ hours: KEY_DAYS * 24 }), removedAt: null };
  return [
    rowsOf(ClientKey, { id, clientId, kid, jwk, ...times, lastUsedAt: null }),
    auditEntry(tx, 'client.key-added', null, { clientId, keyId: id }),
  ];
}
