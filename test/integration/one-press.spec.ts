import { randomUUID } from 'node:crypto';
import { DecideAndTakeNext, NextToSignOff, ReadUndoable, type RecordDecisionCommand } from '#decisions';
import { ConfirmRating } from '#referrals';
import { SendToSocialWorkers } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const personsRatings = async (reference: string) => (await hub.read(reference)).ratings.filter(({ by }) => by !== null);
const pressed = async (reference: string, by = hub.screener, formId: string = randomUUID()) => ({
  ...{ reference, by, formId },
  version: (await hub.read(reference)).version,
});

describe('confirming a rating by one press', () => {
  it('stores the rules that matched as the reason', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.whole.get(ConfirmRating).execute(await pressed(reference));
    const [rating, ...more] = await personsRatings(reference);
    expect(rating).toMatchObject({ rating: 'red', previous: 'red', by: hub.screener.name });
    expect(rating!.reason).toMatch(/^As the rules suggest: Injury to a child who is not yet mobile \(\S+\)/);
    expect(more).toEqual([]);
  });

  it('is one confirmation when it is pressed twice', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const press = await pressed(reference);
    await hub.whole.get(ConfirmRating).execute(press);
    await hub.whole.get(ConfirmRating).execute(press);
    expect(await personsRatings(reference)).toHaveLength(1);
  });

  it('is refused when a colleague has rated the referral meanwhile', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const press = await pressed(reference);
    await hub.rates(hub.socialWorker, reference, 'amber', 'The school rang.');
    const again = hub.whole.get(ConfirmRating).execute(press);
    await expect(again).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await personsRatings(reference)).toHaveLength(1);
  });
});

describe('sending a referral to social workers', () => {
  it('confirms the rating, returns the referral to the queue and takes the next, once for two presses', async () => {
    const [first, second] = [await hub.submit(aBruisedBaby()), await hub.submit(aRoutineAmber())];
    expect(await hub.takesNext(hub.screener)).toBe(first);
    const press = await pressed(first);
    const send = hub.whole.get(SendToSocialWorkers);
    expect(await send.execute(press)).toMatchObject({ reference: second, heldSince: null });
    expect((await send.execute(press))?.reference).toBe(second);
    expect(await personsRatings(first)).toHaveLength(1);
    expect([await hub.holderOf(first), await hub.holderOf(second)]).toEqual([null, hub.screener.name]);
    expect(await hub.takesNext(hub.socialWorker)).toBe(first);
  });

  it('sends with the rating that the screener gave, when they gave one', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.takesNext(hub.screener);
    await hub.rates(hub.screener, reference, 'red', 'The school rang: he is bruised.');
    await hub.whole.get(SendToSocialWorkers).execute(await pressed(reference));
    expect(await personsRatings(reference)).toMatchObject([{ rating: 'red' }]);
    expect([await hub.holderOf(reference), await hub.takesNext(hub.socialWorker)]).toEqual([null, reference]);
  });

  it('stores nothing when the screener does not hold the referral any more', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.takesNext(hub.screener);
    const press = await pressed(reference);
    await hub.givesBack(hub.screener, reference);
    const sent = hub.whole.get(SendToSocialWorkers).execute({ ...press, ...(await pressed(reference)) });
    await expect(sent).rejects.toMatchObject({ code: 'not-held-by-you' });
    expect(await personsRatings(reference)).toEqual([]);
  });
});

describe('recording a decision and taking the next', () => {
  const decision = async (reference: string): Promise<RecordDecisionCommand> => ({
    ...{ ...(await pressed(reference, hub.socialWorker)), outcome: 'child_and_family_assessment', thresholdLevel: 3 },
    ...{
      rationale: 'As agreed with the agencies.',
      contradictionReason: '',
      noDiscussionReason: '',
      confirmsRating: 'amber',
    },
    ...{ progression: 'referral', primaryNeed: 'N1', lateReason: null, lateWords: '' },
  });

  it('decides once and takes one for two presses, and finds what can be taken back', async () => {
    const [first, second] = [await hub.submit(aRoutineAmber()), await hub.submit(aCoachMessagingChildren())];
    const by = hub.socialWorker;
    const taken = await hub.takesNext(by);
    const next = taken === first ? second : first;
    const command = await decision(taken!);
    const use = hub.whole.get(DecideAndTakeNext);
    expect(await use.execute(command)).toMatchObject({ signOff: [], next: { reference: next } });
    expect((await use.execute(command)).next?.reference).toBe(next);
    const page = await hub.read(taken!);
    expect(page.decisions).toHaveLength(1);
    const undoable = hub.whole.get(ReadUndoable);
    expect(await undoable.execute({ reference: taken!, by })).toEqual({
      ...{ reference: taken, undoes: page.decisions[0]!.id, seconds: 30 },
    });
    expect(await undoable.execute({ reference: taken!, by: hub.manager })).toBeNull();
    expect(await undoable.execute({ reference: next, by })).toBeNull();
    await hub.moveBy({ seconds: 30 });
    expect(await undoable.execute({ reference: taken!, by })).toBeNull();
  });

  it('takes none when the decision is refused', async () => {
    const [first] = [await hub.submit(aRoutineAmber()), await hub.submit(aCoachMessagingChildren())];
    const command = { ...(await decision(first)), confirmsRating: null };
    const decided = hub.whole.get(DecideAndTakeNext).execute(command);
    await expect(decided).rejects.toMatchObject({ code: 'rating-not-confirmed' });
    expect(await hub.takesNext(hub.socialWorker)).not.toBeNull();
    expect((await hub.read(first)).decisions).toEqual([]);
  });
});

it('the next decision to sign off is the most urgent one that is not of the same manager', async () => {
  const [red, amber] = [await hub.submit(aBruisedBaby()), await hub.submit(aRoutineAmber())];
  const next = (by = hub.manager) => hub.whole.get(NextToSignOff).execute(by);
  expect(await next()).toBeNull();
  await hub.decides(hub.socialWorker, amber, { outcome: 'no_further_action' });
  await hub.decides(hub.manager, red, { outcome: 'no_further_action' });
  expect([await next(), await next(hub.otherManager)]).toEqual([amber, red]);
});
