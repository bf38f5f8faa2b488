import type { StaffActor } from '#access';
import type { Database } from '#store';
import { AssignReferrals } from './assign-referrals.ts';
import { GiveBack } from './give-back.ts';

export interface EndShiftCommand {
  readonly referrals: readonly {
    readonly reference: string;
    /** The colleague who takes it over; null when it goes back on the queue. */
    readonly to: string | null;
  }[];
  /** What the next person should know; may be empty. */
  readonly note: string;
  readonly by: StaffActor;
}

/** Lets go of what a person holds, all of it or none: each referral goes to a colleague or back on the queue. */
export class EndShift {
  constructor(private readonly database: Database) {}

  /**
   * @returns how many they let go of; what they do not hold any more is left as it is
   * @throws Refused `cannot-hold-referrals`
   */
  async execute({ referrals, note, by }: EndShiftCommand): Promise<number> {
    return this.database.transaction(async (tx) => {
      const held = await tx.rows<{ reference: string }>(
        `SELECT reference FROM referral WHERE claimed_by = $1 AND status = 'awaiting_decision'
         ORDER BY reference FOR NO KEY UPDATE`,
        [by.id],
      );
      const still = referrals.filter((one) => held.some(({ reference }) => reference === one.reference));
      const [giveBack, assign] = [new GiveBack(tx.inside()), new AssignReferrals(tx.inside())];
      for (const { reference, to } of still) {
        if (to === null) await giveBack.execute({ reference, note, by });
        else await assign.execute({ references: [reference], to, note, by });
      }
      return still.length;
    });
  }
}
