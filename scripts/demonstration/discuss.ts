import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { CallDiscussion, RecordDiscussion, type AttendingAgency } from '#discussions';
import type { WholeHub } from '../hub/whole-hub.ts';

const CAME: readonly AttendingAgency[] = [
  { agency: 'social_care', people: [{ name: 'Helen Brough', role: 'practice manager' }], agrees: true, why: '' },
  { agency: 'police', people: [{ name: 'Amir Seaton', role: 'detective sergeant' }], agrees: true, why: '' },
  { agency: 'health', people: [{ name: 'Ruth Amadi', role: 'named nurse' }], agrees: true, why: '' },
  { agency: 'education', people: [], agrees: null, why: 'The school was closed by then.' },
];

/** A strategy discussion of the history is called and held at one moment. */
export async function discuss(hub: WholeHub, reference: string, by: StaffActor, at: Temporal.Instant): Promise<void> {
  await hub.get(CallDiscussion).execute({
    ...{ reference, plannedFor: at, chair: 'Helen Brough, practice manager', askedOthers: '', whyAgain: '' },
    ...{ asked: CAME.map(({ agency }) => agency), formId: randomUUID(), by },
  });
  await hub.get(RecordDiscussion).execute({
    ...{ reference, number: 1, reason: '', formId: randomUUID(), by },
    held: {
      ...{ heldAt: at, outcome: 'section_47_joint', agencies: CAME },
      minutes: 'Police and social care see the young person together tomorrow morning. A medical is offered.',
    },
  });
}
