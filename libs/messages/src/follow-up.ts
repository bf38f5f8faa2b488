import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { Database, isDatabaseAway, SERVICE, type Transaction } from '#store';
import { followUpsDue, postponeFollowUp, takeOutcome } from './delivery-state.ts';
import { PURPOSES, type MessagePurpose } from './purpose.ts';

const BATCH = 50;

/**
 * Has each purpose act on the outcomes of its messages: a message has arrived, cannot arrive, or has failed too often.
 * An act that fails is tried again later, and does not hold up the others.
 */
@Injectable()
export class FollowUp {
  constructor(
    private readonly database: Database,
    @Inject(PURPOSES) private readonly purposes: readonly MessagePurpose[],
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Has the purposes act on every outcome that is due. */
  async execute(): Promise<void> {
    const database = this.database.as(SERVICE);
    for (;;) {
      const ids = await database.transaction((tx) => followUpsDue(tx, BATCH));
      let settled = 0;
      for (const id of ids) if (await this.settle(id)) settled++;
      // An outcome that another worker is acting on comes again in the next list.
      if (ids.length < BATCH || settled === 0) return;
    }
  }

  /** @returns whether it is settled for now; not when another worker has it */
  private async settle(id: string): Promise<boolean> {
    const database = this.database.as(SERVICE);
    try {
      return await database.transaction((tx) => this.act(tx, id));
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.log.error({ delivery: id, error }, 'a purpose could not act on an outcome; it is tried again in a minute');
      await database.transaction((tx) => postponeFollowUp(tx, id, tx.now.add({ minutes: 1 })));
      return true;
    }
  }

  private async act(tx: Transaction, id: string): Promise<boolean> {
    const outcome = await takeOutcome(tx, id);
    if (outcome === null) return false;
    const purpose = this.purposes.find((one) => one.purpose === outcome.purpose);
    if (purpose === undefined) throw new Error(`no part of this app knows messages of the purpose ${outcome.purpose}`);
    await purpose.followUp(tx, outcome);
    return true;
  }
}
