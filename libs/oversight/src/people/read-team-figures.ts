import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database } from '#store';
import { peopleManagedBy } from './people-managed-by.ts';
import { PeopleFigures, type AboutPeople, type FiguresOfOne } from './people-figures.ts';

/** The figures of one person, with their name. */
export interface FiguresOfPerson extends FiguresOfOne {
  readonly id: string;
  readonly name: string;
}

/** The figures of the people whom a manager manages. */
export interface TeamFigures extends AboutPeople {
  /** By name, and never by a figure. */
  readonly people: readonly FiguresOfPerson[];
}

/** The figures of people by name, for who manages them. */
@Injectable()
export class ReadTeamFigures {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleFigures,
  ) {}

  async execute(by: StaffActor): Promise<TeamFigures> {
    return this.database.as(by).transaction(async (tx) => {
      const { about, people, of } = await this.people.read(tx);
      const managed = (await peopleManagedBy(tx, by.role)).filter(({ id }) => people.has(id));
      await tx.insert(
        auditEntry(tx, 'oversight.read', null, { page: 'team', asOf: tx.now.toString(), named: managed.length }),
      );
      return { ...about, people: managed.map(({ id, name }) => ({ id, name, ...of(id) })) };
    });
  }
}
