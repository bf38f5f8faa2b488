import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import type { GrantLength } from '#domain';
import {
  BreakGlass,
  ChangeAccess,
  EndRestriction,
  KeepRestriction,
  ReadRestrictions,
  RestrictReferral,
} from '#restrictions';
import type { Hub } from './hub.ts';

/** A child with every number, and her brother. */
export const MIA = {
  firstName: 'Mia',
  lastName: 'Marsden-Pyke',
  dateOfBirth: '2019-03-14',
  sex: 'F',
  nhsNumber: '9990000018',
};
export const TOM = { firstName: 'Tom', lastName: 'Marsden-Pyke', dateOfBirth: '2016-01-02', sex: 'M' };

interface Restricting {
  readonly by?: StaffActor;
  readonly children?: readonly number[];
  readonly people?: readonly StaffActor[];
}

/** The acts of managers on restrictions, and opening one in an emergency; the manager of the hub acts where none is named. */
export function restricting(hub: () => Hub) {
  const restriction = async (reference: string, by: StaffActor = hub().manager) =>
    (await hub().whole.get(ReadRestrictions).ofReferral(reference, by))[0]!;
  const on = async (reference: string, by: StaffActor) => ({
    ...{ reference, restrictionId: (await restriction(reference, by)).id, formId: randomUUID(), by },
  });
  return {
    restriction,
    restricts: (reference: string, { by = hub().manager, children = [], people = [] }: Restricting = {}) =>
      hub()
        .whole.get(RestrictReferral)
        .execute({
          ...{ reference, category: 'staff_connection', reason: 'Her mother works at the council.', children },
          ...{ people: people.map(({ id }) => id), formId: randomUUID(), by },
        }),
    breaksGlass: (reference: string, by: StaffActor, reason = 'Police are at the address now.') =>
      hub().whole.get(BreakGlass).execute({ reference, reason, formId: randomUUID(), by }),
    glass: async (by: StaffActor = hub().otherManager) => (await hub().whole.get(ReadRestrictions).execute(by)).glass,
    changes: async (
      reference: string,
      person: Pick<StaffActor, 'id'>,
      access: GrantLength | 'out' | 'barred',
      by: StaffActor = hub().manager,
    ) =>
      hub()
        .whole.get(ChangeAccess)
        .execute({ ...(await on(reference, by)), personId: person.id, access }),
    keeps: async (reference: string, by: StaffActor = hub().manager) =>
      hub()
        .whole.get(KeepRestriction)
        .execute(await on(reference, by)),
    ends: async (reference: string, by: StaffActor = hub().manager) =>
      hub()
        .whole.get(EndRestriction)
        .execute({ ...(await on(reference, by)), reason: 'She has left the council.' }),
  };
}
