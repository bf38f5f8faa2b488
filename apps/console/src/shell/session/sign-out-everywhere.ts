import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Database, once, SERVICE, StaffMember } from '#store';
import { endSessionsOf } from './provider-grants.ts';

/** A person is signed out wherever they are signed in. They may sign in again, where they are looked at anew. */
@Injectable()
export class SignOutEverywhere {
  constructor(private readonly database: Database) {}

  /**
   * @param command.but the id of a session that goes on, where they sign out everywhere else
   * @param command.formId the form that it is sent from, a UUID
   * @returns how many sessions have ended
   * @throws Refused `not-found`, or `form-sent-before`
   */
  async execute({
    personId,
    but = null,
    formId,
    by,
  }: {
    readonly personId: string;
    readonly but?: string | null;
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<number> {
    const form = { id: formId, kind: 'sign-out-everywhere', answers: { personId, isElsewhere: but !== null } };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const there = isUuid(personId) ? await tx.one(StaffMember, { id: personId }, ['id']) : null;
        if (there === null) throw new Refused('not-found');
        // Sessions are the service's own: behind the wall of an agency there are none.
        const sessions = await tx
          .inside()
          .as(SERVICE)
          .transaction((own) => endSessionsOf(own, personId, but));
        await tx.insert(
          auditEntry(tx, 'staff.sessions-ended', null, { staffId: personId, sessions, isElsewhere: but !== null }),
        );
        return { sessions };
      }),
    );
    return answer.sessions;
  }
}
