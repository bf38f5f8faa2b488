import { Injectable } from '@nestjs/common';
import { changeContact, mustBeOfAnother, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline } from '#deadlines';
import { isUuid, Refused } from '#platform';
import { Database, once, sql } from '#store';

/** The e-mail address of a person of the hub or of an agency changes. A new one is trusted until it fails. */
@Injectable()
export class ChangeEmail {
  constructor(private readonly database: Database) {}

  /**
   * @param command.formId the form that it is sent from, a UUID
   * @throws Refused `not-own-address`, `second-account`, `not-found`, also of a person who has left, or `form-sent-before`
   */
  async execute({
    personId,
    email,
    formId,
    by,
  }: {
    readonly personId: string;
    readonly email: string;
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<void> {
    await this.database.as(by).transaction((tx) =>
      once(tx, { id: formId, kind: 'change-email', answers: { personId, email } }, async () => {
        if (personId === by.id) throw new Refused('not-own-address');
        const there = isUuid(personId)
          ? await tx.row(sql`SELECT 1 FROM staff_member WHERE id = ${personId} AND is_active FOR NO KEY UPDATE`)
          : null;
        if (there === null) throw new Refused('not-found');
        await mustBeOfAnother(tx, email, by);
        await changeContact(tx, personId, 'email', email);
        await endServiceDeadline(tx, 'contact_failed', `${personId} email`);
        await tx.insert(auditEntry(tx, 'staff.contact-changed', null, { staffId: personId }));
        return {};
      }),
    );
  }
}
