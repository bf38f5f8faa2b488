import { randomUUID } from 'node:crypto';
import { JudgeChildren } from '#children';
import { EndShift, ReadHolders, ReturnLapsedClaims } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { MIA, restricting } from '../support/restricting.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const { restricts, breaksGlass, changes } = restricting(() => hub);
const refer = (...children: object[]) => hub.submit({ ...aRoutineAmber(), children });
const returnLapsed = () => hub.whole.get(ReturnLapsedClaims).execute();

describe('a restricted referral that a person holds', () => {
  it.each(['out', 'barred'] as const)('is back on the queue when a manager lets its holder %s', async (access) => {
    const reference = await refer(MIA);
    await restricts(reference, { people: [hub.socialWorker] });
    await hub.claims(hub.socialWorker, reference);
    await changes(reference, hub.socialWorker, access);
    expect(await hub.holderOf(reference)).toBeNull();
    expect(await hub.takesNext(hub.manager)).toBe(reference);
  });

  it('is back on the queue when the hour of the person who opened it in an emergency is over', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await breaksGlass(reference, hub.socialWorker);
    await hub.moveBy({ minutes: 55 });
    await hub.claims(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 4 });
    expect(await returnLapsed()).toBe(0);
    await hub.moveBy({ minutes: 2 });
    expect(await returnLapsed()).toBe(1);
    expect(await hub.holderOf(reference)).toBeNull();
  });

  it('does not keep a person from ending their shift whose hour is over', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await breaksGlass(reference, hub.socialWorker);
    await hub.moveBy({ minutes: 55 });
    await hub.claims(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 6 });
    const shift = { referrals: [{ reference, to: null }], note: 'Going home.', formId: randomUUID() };
    await hub.whole.get(EndShift).execute({ ...shift, by: hub.socialWorker });
    expect(await hub.holderOf(reference)).toBeNull();
  });

  it('is back on the queue when its child is joined with one of a restriction that does not name its holder', async () => {
    const reference = await refer(MIA);
    await restricts(reference, { children: [0] });
    const other = await refer({ firstName: 'Maya', lastName: 'Pyke', dateOfBirth: '2019-03-14', sex: 'F' });
    await hub.claims(hub.socialWorker, other);
    const at = (of: string) => ({ reference: of, position: 0 });
    await hub.whole.get(JudgeChildren).execute({
      ...{ one: at(other), other: at(reference), isSame: true, formId: randomUUID(), by: hub.manager },
    });
    expect(await hub.holderOf(other)).toBeNull();
  });

  it('is given to no person who may not open it, and such a person is not among those proposed', async () => {
    const reference = await refer(MIA);
    await restricts(reference, { people: [hub.socialWorker] });
    await expect(hub.assigns(hub.manager, [reference], hub.screener)).rejects.toMatchObject({
      code: 'holder-not-let-in',
    });
    const { people } = await hub.whole.get(ReadHolders).execute(hub.manager, [reference]);
    const ids = people.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([hub.socialWorker.id, hub.manager.id]));
    expect(ids).not.toContain(hub.screener.id);
    await hub.assigns(hub.manager, [reference], hub.socialWorker);
    expect(await hub.holderOf(reference)).toBe(hub.socialWorker.name);
  });
});
