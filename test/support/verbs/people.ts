import type { AlertGroup } from '#domain';
import type { Statements } from '#store';

/** A number that the stand-in of Notify takes. Nobody has a number until a test gives them one. */
export const PHONE = '07700900123';

interface Person {
  readonly id: string;
}

/** What becomes of the people and the agencies of a hub, which no page of the console does. */
export function peopleOf(database: Statements) {
  return {
    /** As the sign-in lists them. */
    everybody: () =>
      database.rows<{ subject: string; name: string; role: string }>('SELECT subject, name, role FROM staff_member'),
    leaves: async ({ id }: Person) =>
      void (await database.rows('UPDATE staff_member SET is_active = false WHERE id = $1', [id])),
    everybodyLeavesBut: async ({ id }: Person) =>
      void (await database.rows('UPDATE staff_member SET is_active = false WHERE id <> $1', [id])),
    hasPhone: async ({ id }: Person, number: string = PHONE) =>
      void (await database.rows('UPDATE staff_member SET phone = $2 WHERE id = $1', [id, number])),
    isCalled: async ({ id }: Person, name: string) =>
      void (await database.rows('UPDATE staff_member SET name = $2 WHERE id = $1', [id, name])),
    everyAgencyIsCalled: async (name: string) => void (await database.rows('UPDATE agency SET name = $1', [name])),
    /** Whose number was found at this moment not to work: their ids. */
    whosePhoneFailsNow: async () =>
      (await database.rows<Person>('SELECT id FROM staff_member WHERE phone_failed_at = mash.now()')).map(
        ({ id }) => id,
      ),
    /** The ids of the people of a group. */
    peopleOfGroup: async (group: AlertGroup) =>
      (await database.rows<Person>('SELECT id FROM staff_member WHERE $1 = ANY(alert_groups)', [group])).map(
        ({ id }) => id,
      ),
  };
}
