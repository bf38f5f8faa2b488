import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import {
  AnswerDestruction,
  ApproveDestruction,
  DestroyRecords,
  Holds,
  ProposeDestruction,
  ReadRetention,
} from '#retention';
import { SERVICE } from '#store';
import type { Hub } from '../hub.ts';

/** The acts by which records are destroyed, of two senior managers and the worker. @param people who approves, and who answers */
export function retentionOf(hub: () => Hub, people: () => { readonly one: StaffActor; readonly other: StaffActor }) {
  const whole = () => hub().whole;
  const page = (by: StaffActor = people().one) => whole().get(ReadRetention).execute(by);
  return {
    page,
    proposes: () => whole().get(ProposeDestruction).execute(),
    /** @param references of which; left out for all */
    approves: async (by: StaffActor = people().one, references: readonly string[] | null = null) => {
      const { proposals } = await page(by);
      const chosen = proposals.filter(({ reference }) => references?.includes(reference ?? '') ?? true);
      const ids = chosen.map(({ id }) => id);
      return whole().get(ApproveDestruction).execute({ proposals: ids, formId: randomUUID(), by });
    },
    answers: (destruction: string, by: StaffActor = people().other, said: 'agreed' | 'refused' = 'agreed') =>
      whole().get(AnswerDestruction).execute({ destruction, said, formId: randomUUID(), by }),
    /** As the worker does: each job settles one record and calls for the next. @returns the lines of the certificate */
    destroys: async (destructionId: string) => {
      for (let job = 0; job < 5; job += 1) {
        await hub()
          .database.as(SERVICE)
          .transaction((tx) => whole().get(DestroyRecords).handle({ destructionId }, tx));
      }
      return (await whole().get(ReadRetention).certificate(destructionId, people().one)).lines;
    },
    holds: (reference: string | null, by: StaffActor = hub().manager) =>
      whole().get(Holds).set({ reference, reason: 'The inquiry asks for it.', formId: randomUUID(), by }),
  };
}
