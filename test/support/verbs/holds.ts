import pg from 'pg';
import { raw, SERVICE, type Database } from '#store';
import { until } from '../until.ts';

/** An act of other processes that waits in the middle of its transaction until it is let go. */
export class Hold {
  private constructor(
    private readonly client: pg.Client,
    private readonly lock: number,
  ) {}

  /**
   * @param lock the advisory lock that the act waits for
   * @param trigger when it waits, as the beginning of CREATE TRIGGER, and on which condition
   */
  static async on(
    database: Database,
    url: string,
    lock: number,
    trigger: { readonly when: string; readonly condition: string; readonly deferred?: boolean },
  ): Promise<Hold> {
    await database.as(SERVICE).rows(
      raw(`CREATE FUNCTION hold_${lock}() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN IF ${trigger.condition} THEN PERFORM pg_advisory_xact_lock_shared(${lock}); END IF; RETURN NEW; END $$`),
    );
    const kind = trigger.deferred === true ? 'CONSTRAINT TRIGGER' : 'TRIGGER';
    const deferred = trigger.deferred === true ? 'DEFERRABLE INITIALLY DEFERRED' : '';
    await database
      .as(SERVICE)
      .rows(
        raw(`CREATE ${kind} hold_${lock} ${trigger.when} ${deferred} FOR EACH ROW EXECUTE FUNCTION hold_${lock}()`),
      );
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    return new Hold(client, lock);
  }

  /** The act has come to where it waits. */
  untilReached(): Promise<void> {
    return until(async () => {
      const { rowCount } = await this.client.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted`,
        [this.lock],
      );
      return rowCount! > 0;
    });
  }

  async letGo(): Promise<void> {
    await this.client.end();
  }

  /** Whatever waits here waits no more, and nothing will. */
  async end(database: Database): Promise<void> {
    await database.as(SERVICE).rows(raw(`DROP FUNCTION hold_${this.lock} CASCADE`));
  }
}

/** The acts that the tests of faults hold. */
export function holdsOf(database: Database, url: string) {
  return {
    /** Accepting a referral waits while its commit is on the way. */
    holdCommitOfReferral: () =>
      Hold.on(database, url, 77, { when: 'AFTER INSERT ON referral', condition: 'true', deferred: true }),
    /** Acknowledging a referral to the person who referred waits in the middle of the job. */
    holdAcknowledgement: () =>
      Hold.on(database, url, 78, {
        when: 'BEFORE INSERT ON delivery',
        condition: `NEW.purpose = 'acknowledgement'`,
      }),
    /** Reading the status of a referral waits before it is on the record. */
    holdReadingOfStatus: () =>
      Hold.on(database, url, 80, {
        when: 'BEFORE INSERT ON audit_entry',
        condition: `NEW.act = 'referral.status-read'`,
      }),
    /** Firing an alert that tells people waits before the alert is stored. */
    holdFiring: () => Hold.on(database, url, 79, { when: 'BEFORE INSERT ON alert', condition: `NEW.told <> '{}'` }),
  };
}
