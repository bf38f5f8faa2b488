import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Database, Referral } from '#store';
import { decisionInForce } from './decision-in-force.ts';

/** An act that a person can still take back. */
export interface UndoableAct {
  readonly reference: string;
  /** The id of the decision, or of the agreement with it. */
  readonly undoes: string;
  /** The whole seconds that are left for it. */
  readonly seconds: number;
}

/** Finds what a person did to a referral a moment ago and may take back, for the page that they see after it. */
@Injectable()
export class ReadUndoable {
  constructor(private readonly database: Database) {}

  /** @returns null when there is nothing of this person's, or it is too late */
  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<UndoableAct | null> {
    const parsed = parseReferralReference(reference) ?? '';
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Referral, { reference: parsed }, ['id', 'undoableUntil']);
      if (found?.undoableUntil == null) return null;
      const seconds = Math.floor((found.undoableUntil.epochMilliseconds - tx.now.epochMilliseconds) / 1000);
      if (seconds <= 0) return null;
      const { id, decidedBy, signOff } = await decisionInForce(tx, found.id);
      if ((signOff?.signedBy ?? decidedBy) !== by.id) return null;
      return { reference: parsed, undoes: signOff?.id ?? id, seconds };
    });
  }
}
