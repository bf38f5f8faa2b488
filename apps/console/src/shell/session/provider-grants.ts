import { Injectable } from '@nestjs/common';
import { ConsoleSettings, Seal } from '#platform';
import { Database, ProviderGrant, rowsOf, SERVICE, sql, type Transaction } from '#store';

/** By which a session may ask the identity provider again what its person is, sealed in a table beside the sessions. */
@Injectable()
export class ProviderGrants {
  private readonly seal: Seal;

  constructor(
    private readonly database: Database,
    { SESSION_SECRET }: ConsoleSettings,
  ) {
    this.seal = new Seal(SESSION_SECRET, 'provider');
  }

  /** A session has begun. Those of sessions that have ended are forgotten. */
  async keep(sid: string, staffId: string, refreshToken: string): Promise<void> {
    await this.database.as(SERVICE).transaction(async (tx) => {
      // A session is stored when its first answer is: an hour is long enough for that.
      await tx.run(sql`
        DELETE FROM provider_grant WHERE checked_at < ${tx.now.subtract({ hours: 1 })}
          AND NOT EXISTS (SELECT 1 FROM session WHERE session.sid = provider_grant.sid)`);
      const sealed = this.seal.close(refreshToken, sid);
      await tx.insert(rowsOf(ProviderGrant, { sid, staffId, sealed, checkedAt: tx.now }));
    });
  }

  /**
   * What to ask the provider by, where that was last done a quarter of an hour ago: by one request at a time, whichever
   * console has it.
   *
   * @returns null when it is not due, or the session has none
   */
  async takeDue(sid: string): Promise<string | null> {
    const due = await this.database.as(SERVICE).rows<{ sealed: Buffer }>(sql`
      UPDATE provider_grant SET checked_at = mash.now()
      WHERE sid = ${sid} AND checked_at <= mash.now() - interval '15 minutes' RETURNING sealed`);
    return due[0] === undefined ? null : this.seal.open(due[0].sealed, sid);
  }

  /** The provider gave another one for the next time. */
  async renew(sid: string, refreshToken: string): Promise<void> {
    const sealed = this.seal.close(refreshToken, sid);
    await this.database.as(SERVICE).run(sql`UPDATE provider_grant SET sealed = ${sealed} WHERE sid = ${sid}`);
  }

  async forget(sid: string): Promise<void> {
    await this.database.as(SERVICE).run(sql`DELETE FROM provider_grant WHERE sid = ${sid}`);
  }
}

/**
 * Ends every session of a person, wherever they are signed in.
 *
 * @param but the id of one that goes on
 * @returns how many have ended
 */
export async function endSessionsOf(tx: Transaction, staffId: string, but: string | null = null): Promise<number> {
  await tx.run(sql`DELETE FROM provider_grant WHERE staff_id = ${staffId} AND sid IS DISTINCT FROM ${but}`);
  return tx.run(sql`DELETE FROM session WHERE sess->>'staffId' = ${staffId} AND sid IS DISTINCT FROM ${but}`);
}
