import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { FetchOutbound, readOutboundAddress, OutboundFault, Refused } from '#platform';
import { ClientKeySet, Database, rowsOf, SERVICE, sql, type Actor, type RowsOf, type Transaction } from '#store';
import { sentOnce, type FormOrNone } from '../sent-form.ts';
import { fetchKeys, NoKeys, type KeySetFault } from './fetch-keys.ts';
import { lockClient } from './lock-client.ts';
import type { PublicKey } from './public-key.ts';

/** The keys of a client at its address, as they were fetched last. */
export interface KeySet {
  readonly address: string;
  readonly keys: readonly PublicKey[];
  /** Fetched within the last ten minutes. */
  readonly isFresh: boolean;
  /** Fetched within the last day: for so long they hold while the address gives none. */
  readonly holds: boolean;
}

/** An address with the keys that were found there. */
export interface KeyAddress {
  readonly address: string;
  readonly keys: readonly PublicKey[];
}

/** The keys that clients show at an address of their own. */
@Injectable()
export class KeySets {
  /** Fetches that run in this process, by client: who comes meanwhile waits for the same one. */
  private readonly running = new Map<string, Promise<readonly PublicKey[]>>();

  constructor(
    private readonly database: Database,
    private readonly outbound: FetchOutbound,
  ) {}

  /**
   * A client has its keys at an address from now on, beside those that were given for it.
   *
   * @param address as it was typed
   * @throws NoKeys when nothing usable is there now; nothing is changed then
   * @throws Refused `not-found`
   */
  async setAddress(clientId: string, address: string, by: Actor, formId: FormOrNone = null): Promise<KeyAddress> {
    const found = await this.look(address);
    const form = { kind: 'key-address', answers: { clientId, address: found.address } };
    await this.database.as(by).transaction((tx) =>
      sentOnce(tx, formId, form, async () => {
        await lockClient(tx, clientId);
        await tx.run(sql`DELETE FROM client_key_set WHERE client_id = ${clientId}`);
        await tx.insert(...keySetRows(tx, clientId, found));
        return {};
      }),
    );
    return found;
  }

  /** What is at an address now. @throws NoKeys when nothing usable is */
  async look(address: string): Promise<KeyAddress> {
    const readable = readOrFault(address);
    return { address: readable, keys: await fetchKeys(this.outbound, readable) };
  }

  /** The keys at its address are good no more. @throws Refused `not-found`, also for a client that has no address */
  async removeAddress(clientId: string, by: Actor, formId: FormOrNone = null): Promise<void> {
    await this.database.as(by).transaction((tx) =>
      sentOnce(tx, formId, { kind: 'remove-key-address', answers: { clientId } }, async () => {
        await lockClient(tx, clientId);
        const removed = await tx.run(sql`DELETE FROM client_key_set WHERE client_id = ${clientId}`);
        if (removed === 0) throw new Refused('not-found');
        await tx.insert(auditEntry(tx, 'client.key-address-removed', null, { clientId }));
        return {};
      }),
    );
  }

  /**
   * The keys at the address of a client: as they were fetched last, or fetched again when that is ten minutes ago or the
   * assertion names a key that is not among them, at most once a minute. Holds no connection to the database meanwhile.
   *
   * @param kid the key that the assertion names; null where it names none
   */
  async keysOf(clientId: string, set: KeySet, kid: string | null): Promise<readonly PublicKey[]> {
    const isThere = kid === null || set.keys.some((key) => key.kid === kid);
    if (set.isFresh && isThere) return set.keys;
    const runs = this.running.get(clientId);
    if (runs !== undefined) return runs;
    const begun = this.again(clientId, set).finally(() => this.running.delete(clientId));
    this.running.set(clientId, begun);
    return begun;
  }

  private async again(clientId: string, { address, keys, holds }: KeySet): Promise<readonly PublicKey[]> {
    const kept = holds ? keys : [];
    const mayTry = await this.database.as(SERVICE).run(sql`
      UPDATE client_key_set SET tried_at = mash.now()
      WHERE client_id = ${clientId} AND address = ${address} AND tried_at <= mash.now() - interval '1 minute'`);
    if (mayTry === 0) return kept;
    try {
      const found = await fetchKeys(this.outbound, address);
      await this.keep(clientId, address, found);
      return found;
    } catch (error) {
      if (!(error instanceof NoKeys)) throw error;
      await this.noteFault(clientId, address, error.fault);
      return kept;
    }
  }

  private async keep(clientId: string, address: string, keys: readonly PublicKey[]): Promise<void> {
    await this.database.as(SERVICE).transaction(async (tx) => {
      const before = await tx.row<{ isSame: boolean }>(sql`
        SELECT keys = ${JSON.stringify(keys)}::jsonb AS "isSame" FROM client_key_set
        WHERE client_id = ${clientId} AND address = ${address} FOR UPDATE`);
      if (before === null) return;
      await tx.run(sql`
        UPDATE client_key_set SET keys = ${JSON.stringify(keys)}::jsonb, fetched_at = ${tx.now}, fault = NULL
        WHERE client_id = ${clientId}`);
      if (before.isSame) return;
      const thumbprints = keys.map(({ thumbprint }) => thumbprint);
      await tx.insert(auditEntry(tx, 'client.keys-changed', null, { clientId, keys: thumbprints }));
    });
  }

  private async noteFault(clientId: string, address: string, fault: KeySetFault): Promise<void> {
    await this.database
      .as(SERVICE)
      .run(sql`UPDATE client_key_set SET fault = ${fault} WHERE client_id = ${clientId} AND address = ${address}`);
  }
}

export function keySetRows(tx: Transaction, clientId: string, { address, keys }: KeyAddress): readonly RowsOf[] {
  const at = { setAt: tx.now, triedAt: tx.now, fetchedAt: tx.now };
  return [
    rowsOf(ClientKeySet, { clientId, address, keys, ...at, fault: null }),
    auditEntry(tx, 'client.key-address-set', null, { clientId, keys: keys.map(({ thumbprint }) => thumbprint) }),
  ];
}

/** @throws NoKeys */
function readOrFault(address: string): string {
  try {
    return readOutboundAddress(address).href;
  } catch (error) {
    throw error instanceof OutboundFault ? new NoKeys(error.code) : error;
  }
}
