import { randomUUID } from 'node:crypto';
import { SERVICE, sql } from '#store';
import {
  Consultations,
  EndConsultation,
  FindConsultations,
  type ConsultedChild,
  type EndOfConsultation,
  type NewConsultation,
} from '#referrals';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const aChild = (firstName: string, lastName: string, dateOfBirth: string | null = null): ConsultedChild => ({
  ...{ firstName, lastName, dateOfBirth },
});
async function advise(
  outcome: NewConsultation['outcome'],
  children: readonly ConsultedChild[] = [],
  id: string = randomUUID(),
): Promise<string> {
  const said = { agencyId: hub.agency.agencyId, caller: 'Ms Bell', role: 'Teacher', question: 'Should I refer?' };
  const consultation = { id, ...said, advice: 'Yes: today.', outcome, children };
  await hub.whole.get(Consultations).record(consultation, hub.screener);
  return id;
}
const end = (id: string, said: EndOfConsultation, formId: string = randomUUID()) =>
  hub.whole.get(EndConsultation).execute({ id, end: said, formId, by: hub.socialWorker });
const clocks = () =>
  hub.database.as(SERVICE).rows<{ state: string; dueAt: Temporal.Instant; ownerId: string }>(sql`
    SELECT state, due_at AS "dueAt", owner_id AS "ownerId" FROM deadline WHERE kind = 'referral_advised'`);
const alerts = async () =>
  (
    await hub.database.as(SERVICE).rows<{ told: readonly string[] }>(sql`
      SELECT a.told FROM alert a JOIN deadline d ON d.id = a.deadline_id WHERE d.kind = 'referral_advised'`)
  ).length;
const one = async (id: string) => (await hub.whole.get(Consultations).readOne(id, hub.screener)).consultations[0]!;

const NOTHING = { name: '', dateOfBirth: '', nhsNumber: '', upn: '', reference: '', postcode: '', agency: '' };
const find = async (criteria: Partial<typeof NOTHING>) =>
  (await hub.whole.get(FindConsultations).bySearch({ ...NOTHING, ...criteria }, hub.screener)).map(({ id }) => id);

describe('advice to refer', () => {
  it('has a clock of five working days, which alerts who gave it and then the practice manager', async () => {
    await advise('referral_advised');
    // From Monday at ten.
    expect(await clocks()).toMatchObject([{ state: 'open', ownerId: hub.screener.id }]);
    expect((await clocks())[0]!.dueAt.toString()).toBe('2026-11-30T10:00:00Z');
    await hub.moveTo('2026-11-30T09:59');
    await hub.fireDue.execute();
    expect(await alerts()).toBe(0);
    await hub.moveTo('2026-11-30T10:00');
    await hub.fireDue.execute();
    expect(await alerts()).toBe(1);
    await hub.moveTo('2026-12-01T10:00');
    await hub.fireDue.execute();
    expect(await alerts()).toBe(2);
  });

  it.each(['early_help_advised', 'advice_only'] as const)('has the clock and %s has none', async (outcome) => {
    await advise(outcome, [aChild('Zoë', 'Marsh')]);
    expect(await clocks()).toEqual([]);
  });

  it('ends its clock when a person says which referral came, once, and the referral says so too', async () => {
    const id = await advise('referral_advised');
    const [reference, other] = [await hub.submit(aRoutineAmber()), await hub.submit(aFamilyShortOfMoney())];
    const version = await hub.versionOf(reference);
    const formId = randomUUID();
    await end(id, { reference }, formId);
    await end(id, { reference }, formId);
    await expect(end(id, { reference: other })).rejects.toMatchObject({ code: 'advice-ended' });
    await expect(end(id, { reason: 'He moved.' })).rejects.toMatchObject({ code: 'advice-ended' });
    expect(await clocks()).toMatchObject([{ state: 'met' }]);
    expect(await one(id)).toMatchObject({ referral: reference, notExpected: null, awaitedBy: null });
    expect(await hub.versionOf(reference)).toBe(version + 1);
    expect((await hub.read(reference)).timeline.map(({ act }) => act)).toContain('consultation.referral-came');
    await hub.moveTo('2026-12-07T10:00');
    await hub.fireDue.execute();
    expect(await alerts()).toBe(0);
  });

  it('ends its clock when a person says why none is expected, and a referral may come after all', async () => {
    const id = await advise('referral_advised');
    await end(id, { reason: 'The family moved to Leeds.' });
    expect(await clocks()).toMatchObject([{ state: 'met' }]);
    await expect(end(id, { reason: 'Another reason.' })).rejects.toMatchObject({ code: 'advice-ended' });
    const reference = await hub.submit(aRoutineAmber());
    await end(id, { reference });
    expect(await one(id)).toMatchObject({ referral: reference, notExpected: 'The family moved to Leeds.' });
  });

  it('is found by one of two people who say at once which referral came', async () => {
    const id = await advise('referral_advised');
    const references = [await hub.submit(aRoutineAmber()), await hub.submit(aFamilyShortOfMoney())];
    const said = await Promise.allSettled(references.map((reference) => end(id, { reference })));
    expect(said.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is refused with a reference or an id that is none', async () => {
    const id = await advise('referral_advised');
    const reference = await hub.submit(aRoutineAmber());
    await expect(end(id, { reference: 'MASH-0000-0000' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(end(randomUUID(), { reference })).rejects.toMatchObject({ code: 'not-found' });
    expect(await clocks()).toMatchObject([{ state: 'open' }]);
  });
});

describe('advice about a child who is named', () => {
  it.each([
    ['as it was written', { name: 'Zoë Marsh-Quill' }],
    ['without its accents and hyphens', { name: 'zoe marsh quill' }],
    ['turned round', { name: 'Marsh-Quill Zoë' }],
    ['misspelt', { name: 'Zoe Marsh Qill' }],
    ['as it sounds', { name: 'Zowie Marsch Kwill' }],
    ['by its date of birth', { dateOfBirth: '2019-03-27' }],
    ['by both', { name: 'Zoe', dateOfBirth: '2019-03-27' }],
  ])('is found %s', async (_, criteria) => {
    const id = await advise('advice_only', [aChild('Amir', 'Okonkwo'), aChild('Zoë', 'Marsh-Quill', '2019-03-27')]);
    await advise('advice_only', [aChild('Bartholomew', 'Featherstone', '2001-01-01')]);
    await advise('advice_only');
    expect(await find(criteria)).toEqual([id]);
  });

  it.each([
    ['another name', { name: 'Bartholomew' }],
    ['another date of birth', { name: 'Zoë Marsh', dateOfBirth: '2019-03-28' }],
    ['another agency', { name: 'Zoë Marsh', agency: randomUUID() }],
    ['a number', { name: 'Zoë Marsh', nhsNumber: '9434765919' }],
    ['a postcode', { name: 'Zoë Marsh', postcode: 'OL6 6DL' }],
    ['an agency alone', { agency: randomUUID() }],
  ])('is not found by %s', async (_, criteria) => {
    await advise('advice_only', [aChild('Zoë', 'Marsh', '2019-03-27')]);
    expect(await find(criteria)).toEqual([]);
  });

  it('is found again by a referral of a child of that name, or born that day with a name that is alike', async () => {
    const named = await advise('advice_only', [aChild('marsh', 'ZOE')]);
    const alike = await advise('advice_only', [aChild('Zoee', 'Marsch', '2019-03-27')]);
    await advise('advice_only', [aChild('Zoee', 'Marsch', '2019-03-28'), aChild('Ann', 'Bell', '2019-03-27')]);
    const child = { firstName: 'Zoë', lastName: 'Marsh', dateOfBirth: '2019-03-27' };
    const found = await hub.whole.get(FindConsultations).about([child, { description: 'A boy' }], hub.screener);
    expect(found.map(({ id }) => id).sort()).toEqual([named, alike].sort());
  });

  it('is recorded once for a form that is sent twice, and never deleted', async () => {
    const id = randomUUID();
    await advise('referral_advised', [aChild('Zoë', 'Marsh')], id);
    await advise('referral_advised', [aChild('Zoë', 'Marsh')], id);
    await expect(advise('referral_advised', [aChild('Ann', 'Bell')], id)).rejects.toMatchObject({
      code: 'form-sent-before',
    });
    expect([await find({ name: 'Zoë Marsh' }), (await clocks()).length]).toEqual([[id], 1]);
    for (const table of [sql`consultation_child`, sql`consultation_end`])
      await expect(hub.database.as(SERVICE).rows(sql`DELETE FROM ${table}`)).rejects.toThrow(/append-only/);
  });
});
