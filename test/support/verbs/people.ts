import type { AlertGroup } from '#domain';
import { SERVICE, type Database, sql } from '#store';

/** A number that the stand-in of Notify takes. A person has no number until a test gives them one. */
export const PHONE = '07700900123';

interface Person {
  readonly id: string;
}

/** What becomes of the people and the agencies of a hub, which no page of the console does. */
export function peopleOf(database: Database) {
  return {
    /** As the sign-in lists them. */
    allStaff: () =>
      database
        .as(SERVICE)
        .rows<{ subject: string; name: string; role: string }>(sql`SELECT subject, name, role FROM staff_member`),
    leaves: async ({ id }: Person) =>
      void (await database.as(SERVICE).rows(sql`UPDATE staff_member SET is_active = false WHERE id = ${id}`)),
    allLeaveBut: async ({ id }: Person) =>
      void (await database.as(SERVICE).rows(sql`UPDATE staff_member SET is_active = false WHERE id <> ${id}`)),
    hasPhone: async ({ id }: Person, number: string = PHONE) =>
      void (await database.as(SERVICE).rows(sql`UPDATE staff_member SET phone = ${number} WHERE id = ${id}`)),
    isCalled: async ({ id }: Person, name: string) =>
      void (await database.as(SERVICE).rows(sql`UPDATE staff_member SET name = ${name} WHERE id = ${id}`)),
    everyAgencyIsCalled: async (name: string) =>
      void (await database.as(SERVICE).rows(sql`UPDATE agency SET name = ${name}`)),
    /** Whose number was found at this moment not to work: their ids. */
    whosePhoneFailsNow: async () =>
      (
        await database.as(SERVICE).rows<Person>(sql`SELECT id FROM staff_member WHERE phone_failed_at = mash.now()`)
      ).map(({ id }) => id),
    /** The ids of the people of a group. */
    peopleOfGroup: async (group: AlertGroup) =>
      (
        await database.as(SERVICE).rows<Person>(sql`SELECT id FROM staff_member WHERE ${group} = ANY(alert_groups)`)
      ).map(({ id }) => id),
  };
}
