import { randomUUID } from 'node:crypto';
import { SAMPLE_CRITERIA, type SampleCriterion, type SampleGrade } from '#domain';
import { DrawSample, GradeSample, MakeChallenge, ReadBlind, ReadSamples, WriteNote } from '#oversight';
import { addStaff } from '../support/agencies-and-staff.ts';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aPoorAttender, aRoutineAmber } from '../support/referrals.ts';

let hub: SendingHub;
beforeAll(async () => void (hub = await createSendingHub([])));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const mailsTo = ({ email }: { readonly email: string }) =>
  hub.mailbox.mails.filter(({ to }) => to.includes(email)).map(({ subject, text }) => ({ subject, text }));
const fireAndSend = async () => {
  await hub.fire();
  await hub.send();
};

it('a challenge is told to the practice manager by its reference and a link, and nothing else of the referral', async () => {
  const senior = await addStaff(hub.database, 'service_manager', [], 'Sen Service');
  const reference = await hub.submit(aRoutineAmber());
  const id = await hub.whole.get(MakeChallenge).execute({
    ...{ reference, aspect: 'pace', question: 'Canaryella waited.', by: senior, formId: randomUUID() },
    version: await hub.versionOf(reference),
  });
  await fireAndSend();
  const [mail] = mailsTo(hub.onDuty.practice_manager);
  expect(mail!.subject).toBe(`The challenge to ${reference} is not settled`);
  expect(mail!.text).toContain(`https://console.hub.example.org/oversight/challenges/${id}`);
  expect(mail!.text).not.toContain('Canaryella');
});

it('an action that is overdue is told to its owner alone, without a word of the note', async () => {
  const noteId = await hub.whole.get(WriteNote).execute({
    ...{ workerId: hub.socialWorker.id, words: 'Canaryella', about: null, by: hub.manager, formId: randomUUID() },
    actions: [{ words: 'Canaryella', ownerId: hub.socialWorker.id, dueOn: '2026-11-23' }],
  });
  await hub.moveTo('2026-11-24T08:30');
  await fireAndSend();
  const [mail] = mailsTo(hub.socialWorker);
  expect(mail!.subject).toBe('An action of a supervision note is overdue');
  expect(mail!.text).toContain(`https://console.hub.example.org/oversight/supervision/${noteId}`);
  expect(hub.mailbox.mails).toHaveLength(1);
  expect(mail!.text).not.toContain('Canaryella');
});

it('a referral that a sample opened again is told to the managers with the reason in general words', async () => {
  const reader = await addStaff(hub.database, 'auditor', [], 'Ada Auditor');
  const reference = await hub.submit(aPoorAttender());
  await hub.decides(hub.socialWorker, reference);
  await hub.moveTo('2026-12-01T09:00');
  await hub.whole.get(DrawSample).execute('2026-11');
  const { items } = await hub.whole.get(ReadSamples).month({ month: '2026-11', by: reader });
  const blind = { outcome: 'strategy_discussion', thresholdLevel: 4 } as const;
  const itemId = items[0]!.id;
  await hub.whole.get(ReadBlind).execute({ itemId, ...blind, by: reader, formId: randomUUID() });
  await hub.whole.get(GradeSample).execute({
    ...{ itemId, grade: 'inadequate', words: 'Canaryella', unsafeReason: 'Canaryella', by: reader },
    criteria: Object.fromEntries(SAMPLE_CRITERIA.map((one) => [one, 'good'])) as Record<SampleCriterion, SampleGrade>,
    formId: randomUUID(),
  });
  await fireAndSend();
  for (const told of [hub.onDuty.practice_manager, hub.onDuty.service_manager, hub.onDuty.head_of_service]) {
    const [mail] = mailsTo(told);
    expect(mail!.subject).toMatch(
      new RegExp(`^GREEN ${reference}: opened again, a child may be unsafe, decision overdue`),
    );
    expect(mail!.text).toContain('A sample found that the decision may leave a child unsafe.');
    expect(mail!.text).not.toContain('Canaryella');
  }
});
