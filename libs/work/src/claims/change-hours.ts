import { Injectable } from '@nestjs/common';
import { changeHours, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Database, once, StaffMember } from '#store';

export interface ChangeHoursCommand {
  readonly personId: string;
  /** Of full hours, a whole number from 1 to 100. Less for a person who works fewer hours, or is newly qualified. */
  readonly hoursPercent: number;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager says how much of a full caseload a person has. It counts from the next time that work is given. */
@Injectable()
export class ChangeHours {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` or `form-sent-before` */
  async execute({ personId, hoursPercent, formId, by }: ChangeHoursCommand): Promise<void> {
    const form = { id: formId, kind: 'change-hours', answers: { personId, hoursPercent } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const person = isUuid(personId)
          ? await tx.one(StaffMember, { id: personId, isActive: true }, ['id', 'agencyId'])
          : null;
        if (person === null || person.agencyId !== null) throw new Refused('not-found');
        await changeHours(tx, personId, hoursPercent);
        await tx.insert(auditEntry(tx, 'staff.hours-changed', null, { staffId: personId, hoursPercent }));
        return {};
      }),
    );
  }
}
