import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database } from '#store';
import { PeopleFigures, type AboutPeople, type FiguresOfOne } from './people-figures.ts';

/** A person's own figures beside those of the hub. */
export interface OwnFigures extends AboutPeople {
  readonly own: FiguresOfOne;
}

/** A person's figures of the referrals that they decided: for that person alone, and beside no other person. */
@Injectable()
export class ReadOwnFigures {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleFigures,
  ) {}

  async execute(by: StaffActor): Promise<OwnFigures> {
    return this.database.as(by).transaction(async (tx) => {
      const { about, of } = await this.people.read(tx);
      await tx.insert(auditEntry(tx, 'oversight.read', null, { page: 'own', asOf: tx.now.toString() }));
      return { ...about, own: of(by.id) };
    });
  }
}
