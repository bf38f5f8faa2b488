import { randomUUID } from 'node:crypto';
import { ReadIncident, SaySameIncident } from '#children';
import { DoAction, DrawSample, MakeChallenge, ReadFamilies, ReadNotes, RedrawSample, WriteNote } from '#oversight';
import { Seal } from '#platform';
import { WhoLooks } from '#referrals';
import type { StaffActor } from '#access';
import { Drafts, type QueueFilters } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { MIA, restricting, TOM } from '../support/restricting.ts';

let hub: Hub;
let senior: StaffActor;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  senior = await hub.another('service_manager');
});
afterAll(() => hub.drop());

const { restricts, changes } = restricting(() => hub);
const refer = (...children: object[]) => hub.submit({ ...aRoutineAmber(), children });
const NOT_FOUND = { code: 'not-found' };
const NO_FILTERS: QueueFilters = { rating: null, concern: null, agency: null, holder: null, due: null };

describe('a supervision note about a restricted referral', () => {
  const writes = (by: StaffActor, worker: StaffActor, about: { reference: string } | { challenge: string }) =>
    hub.whole.get(WriteNote).execute({
      ...{ workerId: worker.id, words: 'We talked about Mia.', by, formId: randomUUID() },
      about:
        'reference' in about
          ? { kind: 'referral', reference: about.reference }
          : { kind: 'challenge', id: about.challenge },
      actions: [{ words: 'Ring the school.', ownerId: worker.id, dueOn: '2026-11-27' }],
    });

  it('Z9: is read, and its action done, by no person who may not open the referral', async () => {
    const reference = await refer(MIA);
    const id = await writes(hub.manager, hub.socialWorker, { reference });
    const reads = (by: StaffActor) => hub.whole.get(ReadNotes).one({ id, by });
    const { actions } = (await reads(hub.socialWorker)).note;
    await restricts(reference);
    for (const by of [hub.socialWorker, hub.otherManager]) {
      expect((await hub.whole.get(ReadNotes).all(by)).notes).toEqual([]);
      await expect(reads(by)).rejects.toMatchObject(NOT_FOUND);
    }
    const done = { noteId: id, actionId: actions[0]!.id, words: null, formId: randomUUID(), by: hub.socialWorker };
    await expect(hub.whole.get(DoAction).execute(done)).rejects.toMatchObject(NOT_FOUND);
    await changes(reference, hub.socialWorker, 'task');
    await hub.whole.get(DoAction).execute(done);
    expect((await reads(hub.manager)).note.actions[0]).toMatchObject({ done: { by: hub.socialWorker.name } });
  });

  it('Z9: is written by no manager who may not open it, nor to a person who may not', async () => {
    const reference = await refer(MIA);
    await restricts(reference, { people: [senior] });
    await expect(writes(hub.otherManager, hub.socialWorker, { reference })).rejects.toMatchObject(NOT_FOUND);
    await expect(writes(hub.manager, hub.socialWorker, { reference })).rejects.toMatchObject({
      code: 'not-to-this-person',
    });
    await changes(reference, hub.socialWorker, 'task');
    await writes(hub.manager, hub.socialWorker, { reference });
  });

  it('Z9: is hidden by way of a challenge to it too', async () => {
    const reference = await refer(MIA);
    await hub.decides(hub.manager, reference);
    const version = await hub.versionOf(reference);
    const challenge = await hub.whole.get(MakeChallenge).execute({
      ...{ reference, aspect: 'pace', question: 'Why so late?', version, formId: randomUUID(), by: senior },
    });
    const id = await writes(hub.manager, hub.socialWorker, { challenge });
    await restricts(reference);
    await expect(hub.whole.get(ReadNotes).one({ id, by: hub.otherManager })).rejects.toMatchObject(NOT_FOUND);
    await expect(writes(hub.otherManager, hub.screener, { challenge })).rejects.toMatchObject(NOT_FOUND);
  });
});

describe('a restricted referral', () => {
  it('Z9: passes no filter of the queue by its agency or concern, and counts in none, but for who may open it', async () => {
    const reference = await refer(MIA);
    const other = await refer(TOM);
    await restricts(reference);
    const found = async (by: StaffActor, filters: Partial<QueueFilters>) => {
      const queue = await hub.queue('waiting', by, { filters: { ...NO_FILTERS, ...filters } });
      return [queue.lines.map((line) => line.reference).sort(), queue.found, queue.choices.agency[0]?.count];
    };
    const { agencyId } = hub.agency;
    const [concern] = (await hub.queue('waiting', hub.manager)).lines[0]!.types;
    for (const filters of [{ agency: agencyId }, { concern: concern! }]) {
      expect(await found(hub.screener, filters)).toEqual([[other], 1, 1]);
      expect(await found(hub.manager, filters)).toEqual([[reference, other].sort(), 2, 2]);
    }
    expect(await found(hub.screener, { rating: 'amber' })).toEqual([[reference, other].sort(), 2, 1]);
  });

  it('Z9: takes no draft of a person who may not open it, who is told as of a reference of none', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    const drafts = new Drafts(hub.database, new Seal('a secret of thirty-two characters or more', 'drafts'));
    for (const kind of ['decision', 'rating'] as const)
      for (const subject of [reference, 'MASH-0000-0000'])
        await expect(drafts.save(kind, subject, { a: 'b' }, hub.socialWorker)).rejects.toMatchObject(NOT_FOUND);
    await drafts.save('decision', reference, { a: 'b' }, hub.manager);
  });

  it('Z9: is said to be of one incident by no person who may not open it', async () => {
    const [reference, other] = [await refer(MIA, TOM), await refer(TOM)];
    await restricts(reference);
    const says = (by: StaffActor) =>
      hub.whole.get(SaySameIncident).execute({ one: other, other: reference, formId: randomUUID(), by });
    await expect(says(hub.socialWorker)).rejects.toMatchObject(NOT_FOUND);
    await says(hub.manager);
  });

  it('Z9: is no report of an incident, and on no screen, to a person who may not open it', async () => {
    const [reference, other] = [await refer(MIA, TOM), await refer(TOM)];
    await hub.whole
      .get(SaySameIncident)
      .execute({ one: other, other: reference, formId: randomUUID(), by: hub.manager });
    const reports = async (by: StaffActor) => {
      const page = await hub.read(other, by);
      const said = await hub.whole.get(ReadIncident).execute(other, by);
      return [page.reports.length, said.length, page.timeline.some(({ act }) => act === 'incident.joined')];
    };
    expect(await reports(hub.socialWorker)).toEqual([1, 1, true]);
    await restricts(reference);
    expect(await reports(hub.socialWorker)).toEqual([0, 0, false]);
    expect(await reports(hub.manager)).toEqual([1, 1, true]);
    const look = (by: StaffActor) => hub.whole.get(WhoLooks).mayLook(reference, by);
    expect([await look(hub.socialWorker), await look(hub.manager)]).toEqual([false, true]);
  });

  it('counts in the families that return, and in a sample that is drawn again, whoever reads them', async () => {
    const first = await refer(MIA);
    await hub.moveBy({ minutes: 1 });
    const second = await refer(MIA);
    for (const one of [first, second]) {
      await hub.linkEarlier(one);
      await hub.decides(hub.manager, one);
    }
    await hub.moveTo('2026-12-01T09:00');
    await hub.whole.get(DrawSample).execute('2026-11');
    const figures = async (by: StaffActor) => [
      await hub.whole.get(ReadFamilies).execute(by),
      await hub.whole.get(RedrawSample).execute({ month: '2026-11', by }),
    ];
    const before = await figures(hub.otherManager);
    expect(before).toEqual([[2], true]);
    await restricts(first, { children: [0] });
    expect(await figures(hub.otherManager)).toEqual(before);
  });
});
