import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import { releaseHidden } from '#restrictions';
import { Database, once, sql, type Transaction } from '#store';
import { assignReferral, needNoReason } from './assign-referrals.ts';
import { giveBack } from './give-back.ts';

export interface EndShiftCommand {
  readonly referrals: readonly {
    readonly reference: string;
    /** The colleague who takes it over; null when it goes back on the queue. */
    readonly to: string | null;
  }[];
  /** The text for the next person. It may be empty where no reason is needed for the colleague that it goes to. */
  readonly note: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Lets go of what a person holds, all of it or none: each referral goes to a colleague or back on the queue. */
@Injectable()
export class EndShift {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns how many they let go of; a referral that they do not hold any more is left as it is
   * @throws Refused `cannot-hold-referrals`, `another-knows-the-child` or `no-room-for-it` without a note, or
   * `form-sent-before`
   */
  async execute({ formId, by, ...shift }: EndShiftCommand): Promise<number> {
    const form = { id: formId, kind: 'shift', answers: shift };
    const { answer } = await this.database
      .as(by)
      .transaction((tx) => once(tx, form, async () => ({ ended: await letGo(tx, this.policies, shift, by) })));
    return answer.ended;
  }
}

async function letGo(
  tx: Transaction,
  policies: Policies,
  { referrals, note }: Pick<EndShiftCommand, 'referrals' | 'note'>,
  by: StaffActor,
): Promise<number> {
  // What they may not open any more they cannot pass on: it is back on the queue.
  await releaseHidden(tx);
  const held = await tx.rows<{ reference: string }>(sql`
    SELECT reference FROM referral WHERE claimed_by = ${by.id} AND status = 'awaiting_decision'
    ORDER BY reference FOR NO KEY UPDATE`);
  const still = referrals.filter((one) => held.some(({ reference }) => reference === one.reference));
  const given = Map.groupBy(
    still.filter(({ to }) => to !== null),
    ({ to }) => to!,
  );
  for (const to of [...given.keys()].sort()) {
    await tx.lock('takingWork', to);
    if (note === '')
      await needNoReason(
        tx,
        policies,
        given.get(to)!.map(({ reference }) => reference),
        to,
      );
  }
  for (const { reference, to } of still) {
    if (to === null) await giveBack(tx, reference, note, by);
    else await assignReferral(tx, reference, to, note, by);
  }
  return still.length;
}
