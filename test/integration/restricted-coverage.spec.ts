import { randomUUID } from 'node:crypto';
import { JudgeChildren } from '#children';
import { Consultations, EndConsultation, FindConsultations, type NewConsultation } from '#referrals';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { MIA, restricting, TOM } from '../support/restricting.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const { restriction, restricts, changes, breaksGlass } = restricting(() => hub);
const refer = (...children: object[]) => hub.submit({ ...aRoutineAmber(), children });
const NOT_FOUND = { code: 'not-found' };
const isOpenTo = (reference: string) =>
  hub.read(reference, hub.screener).then(
    () => true,
    () => false,
  );

describe('a referral about a restricted child', () => {
  it('R4: is covered when it comes while the child is being restricted, whichever is committed first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const child = { ...MIA, firstName: `Mia${'abcdefghijklmnopqrst'[round]}`, nhsNumber: undefined };
      const reference = await refer(child);
      const [later] = await Promise.all([refer(child), restricts(reference, { children: [0] }), refer(TOM)]);
      expect([round, await isOpenTo(later)]).toEqual([round, false]);
    }
  });

  it('R4: is covered when it is joined while the child is being restricted', async () => {
    for (let round = 0; round < 20; round += 1) {
      const letter = 'abcdefghijklmnopqrst'[round];
      const [reference, other] = [
        await refer({ firstName: `Mia${letter}`, lastName: 'Marsden', dateOfBirth: '2019-03-14' }),
        await refer({ firstName: `May${letter}`, lastName: 'Pyke', dateOfBirth: '2018-03-14' }),
      ];
      const at = (of: string) => ({ reference: of, position: 0 });
      await Promise.all([
        hub.whole
          .get(JudgeChildren)
          .execute({ one: at(other), other: at(reference), isSame: true, formId: randomUUID(), by: hub.manager }),
        restricts(reference, { children: [0] }),
      ]);
      expect([round, await isOpenTo(other)]).toEqual([round, false]);
    }
  });

  it('is named to the manager who restricted it, where it may be of the same child and no person has said', async () => {
    const reference = await refer(MIA);
    const dayOut = await refer({ ...MIA, dateOfBirth: '2019-03-15', nhsNumber: undefined });
    for (const one of [reference, dayOut]) await hub.linkEarlier(one);
    await restricts(reference, { children: [0] });
    expect(await restriction(reference)).toMatchObject({ covers: 1, maybe: [dayOut] });
    const at = (of: string) => ({ reference: of, position: 0 });
    const says = (isSame: boolean) => ({
      ...{ one: at(dayOut), other: at(reference), isSame, formId: randomUUID(), by: hub.manager },
    });
    await hub.whole.get(JudgeChildren).execute(says(true));
    expect(await restriction(reference)).toMatchObject({ covers: 2, maybe: [] });
    expect(await isOpenTo(dayOut)).toBe(false);
  });

  it('is not said to be another child by a person who does not see that it was joined', async () => {
    const [one, middle, other] = [
      await refer({ firstName: 'Mia', lastName: 'Marsden', dateOfBirth: '2019-03-14' }),
      await refer({ firstName: 'Mya', lastName: 'Pyke', dateOfBirth: '2019-03-14' }),
      await refer({ firstName: 'Mia', lastName: 'Pike', dateOfBirth: '2019-03-14' }),
    ];
    const at = (of: string) => ({ reference: of, position: 0 });
    const judges = (first: string, second: string, isSame: boolean, by = hub.manager) =>
      hub.whole.get(JudgeChildren).execute({ one: at(first), other: at(second), isSame, formId: randomUUID(), by });
    await judges(one, middle, true);
    await judges(middle, other, true);
    // The referral alone, so that the two beside it stay open to all.
    await restricts(middle);
    await expect(judges(one, other, false, hub.socialWorker)).rejects.toMatchObject({ code: 'children-joined' });
  });
});

describe('advice about a restricted child', () => {
  const advises = async (advice: Partial<NewConsultation> = {}) => {
    const id = randomUUID();
    const { agencyId } = hub.agency;
    await hub.whole.get(Consultations).record(
      {
        ...{ id, agencyId, caller: 'Una Marsden', role: 'Aunt', question: 'She has bruises.', advice: 'Refer her.' },
        ...{
          outcome: 'referral_advised',
          children: [{ firstName: 'Mia', lastName: 'Marsden-Pyke', dateOfBirth: null }],
        },
        ...advice,
      },
      hub.screener,
    );
    return id;
  };
  const listed = async (by = hub.screener) =>
    (await hub.whole.get(Consultations).read(by)).consultations.map(({ id }) => id);

  it('Z9: is in no list and no search of a person who was not named, and is by one who was', async () => {
    const id = await advises();
    const other = await advises({ children: [{ firstName: 'Ada', lastName: 'Holt', dateOfBirth: null }] });
    await restricts(await refer(MIA), { children: [0] });
    const find = hub.whole.get(FindConsultations);
    const criteria = {
      name: 'Mia Marsden',
      dateOfBirth: '',
      agency: '',
      nhsNumber: '',
      upn: '',
      postcode: '',
      reference: '',
    };
    for (const [by, expected] of [
      [hub.screener, []],
      [hub.manager, [id]],
    ] as const) {
      expect((await listed(by)).filter((one) => one === id)).toEqual(expected);
      expect((await find.bySearch(criteria, by)).map((one) => one.id)).toEqual(expected);
      expect((await find.about([MIA], by)).map((one) => one.id)).toEqual(expected);
    }
    expect(await listed()).toEqual([other]);
    await expect(hub.whole.get(Consultations).readOne(id, hub.screener)).rejects.toMatchObject(NOT_FOUND);
  });

  it('Z9: is hidden by the referral that came of it, whatever the caller called the child', async () => {
    const id = await advises({ children: [{ firstName: 'the girl', lastName: '', dateOfBirth: null }] });
    const reference = await refer(MIA);
    const came = { id, end: { reference }, formId: randomUUID() };
    await hub.whole.get(EndConsultation).execute({ ...came, by: hub.screener });
    expect(await listed()).toEqual([id]);
    await restricts(reference);
    expect(await listed()).toEqual([]);
    expect(await listed(hub.manager)).toEqual([id]);
  });

  it('Z9: is said to have become a hidden referral by no person, who is told as of a reference of none', async () => {
    const id = await advises({ children: [] });
    const reference = await refer(MIA);
    await restricts(reference);
    for (const one of [reference, 'MASH-0000-0000']) {
      const came = { id, end: { reference: one }, formId: randomUUID(), by: hub.screener };
      await expect(hub.whole.get(EndConsultation).execute(came)).rejects.toMatchObject(NOT_FOUND);
    }
  });

  it('becomes a referral that is kept and linked, though it is hidden from the person who takes it down', async () => {
    const id = await advises({ children: [] });
    await restricts(await refer(MIA), { children: [0] });
    const { reference } = await hub.takeDown.execute({
      ...{ formId: randomUUID(), agencyId: hub.agency.agencyId, caller: 'agency', receivedBy: 'telephone' },
      ...{
        referral: { ...aRoutineAmber(), children: [MIA] },
        consultationId: id,
        by: hub.screener,
      },
    });
    expect(await isOpenTo(reference)).toBe(false);
    expect(await listed()).toEqual([]);
    const { consultations } = await hub.whole.get(Consultations).readOne(id, hub.manager);
    expect(consultations).toMatchObject([{ referral: reference }]);
  });

  it('is shown again to a person who is let in, and for the hour of an emergency', async () => {
    const id = await advises();
    const reference = await refer(MIA);
    await restricts(reference, { children: [0] });
    await breaksGlass(reference, hub.socialWorker);
    expect(await listed(hub.socialWorker)).toEqual([id]);
    await hub.moveBy({ minutes: 61 });
    expect(await listed(hub.socialWorker)).toEqual([]);
    await changes(reference, hub.socialWorker, 'task');
    expect(await listed(hub.socialWorker)).toEqual([id]);
  });
});
