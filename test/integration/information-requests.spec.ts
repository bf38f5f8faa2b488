import { randomUUID } from 'node:crypto';
import { SCOPES } from '#access';
import { ANSWER_KINDS, HANDLINGS } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const dueOf = async (reference: string) =>
  (await hub.requestsOf(reference)).map(({ dueAt, isRunning }) => [dueAt.toString(), isRunning]);

describe('asking an agency', () => {
  it('arms a clock by the rating, tells the agency at once and when it is due, and then the hub', async () => {
    const { agencyId, partner } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    await hub.asks(hub.screener, reference, agencyId);
    expect(await dueOf(reference)).toEqual([['2026-11-23T16:00:00Z', true]]);
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T16:00');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-24T12:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toEqual([
      ['2026-11-23T10:00', 'agency'],
      ['2026-11-23T16:00', 'owner agency'],
      ['2026-11-24T12:00', 'agency practice_manager'],
    ]);
    const told = (await hub.deliveriesOfKind('information_request')).map(({ recipientId }) => recipientId);
    expect(told.filter((id) => id === partner.id)).toHaveLength(3);
    expect(told).toContain(hub.screener.id);
  });

  it('tells the duty team where the agency has no person who signs in, and not before it is due', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.asks(hub.screener, reference, hub.agency.agencyId);
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toEqual([]);
    await hub.moveTo('2026-11-23T12:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toEqual([['2026-11-23T12:00', 'owner duty_team']]);
  });

  it('counts the time anew from the sending when the referral is rated otherwise', async () => {
    const { agencyId } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    await hub.asks(hub.screener, reference, agencyId);
    await hub.moveTo('2026-11-23T11:00');
    await hub.rates(hub.socialWorker, reference, 'red');
    expect(await dueOf(reference)).toEqual([['2026-11-23T12:00:00Z', true]]);
    await hub.moveTo('2026-11-23T15:30');
    await hub.rates(hub.manager, reference, 'amber');
    expect(await dueOf(reference)).toEqual([['2026-11-23T16:00:00Z', true]]);
    // The alert of the red fired at its due time, and stays; that of the amber has still to come.
    await hub.moveTo('2026-11-23T16:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toContainEqual(['2026-11-23T16:00', 'owner agency']);
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('tells the agency at once when it has less time than it was told, and not when it has more', async () => {
    const { agencyId } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    await hub.asks(hub.screener, reference, agencyId);
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-23T10:30');
    await hub.rates(hub.socialWorker, reference, 'red');
    await hub.fireDue.execute();
    const told = [
      ['2026-11-23T10:00', 'agency'],
      ['2026-11-23T10:30', 'agency'],
    ];
    expect(await hub.alertsOfKind('information_request')).toEqual(told);
    await hub.moveTo('2026-11-23T10:40');
    await hub.rates(hub.manager, reference, 'amber');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toEqual(told);
  });

  it('at night tells the agency, which was to be told in the morning, when the referral is rated red', async () => {
    const { agencyId } = await hub.anAgency('Loomgate Police');
    await hub.moveTo('2026-11-27T21:00');
    const reference = await hub.submit(aRoutineAmber());
    await hub.asks(hub.screener, reference, agencyId);
    await hub.moveTo('2026-11-27T21:05');
    await hub.rates(hub.manager, reference, 'red');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toEqual([['2026-11-27T21:05', 'agency']]);
  });

  it('while a decision waits for its sign-off is recorded as decided without, once that takes effect', async () => {
    const { agencyId, partner } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aBruisedBaby());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    const request = await hub.asks(hub.screener, reference, agencyId);
    expect((await hub.requestsOf(reference))[0]!.isDecidedWithout).toBe(false);
    await hub.signsOff(hub.otherManager, reference);
    expect((await hub.requestsOf(reference))[0]!).toMatchObject({ isRunning: false, isDecidedWithout: true });
    await hub.answers(partner, request);
    expect((await hub.requestsOf(reference))[0]!.answers).toMatchObject([{ cameAfterDecision: true }]);
  });

  it('after the decision tells the decider of no late answer', async () => {
    const { agencyId, partner } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, reference);
    const request = await hub.asks(hub.screener, reference, agencyId);
    await hub.answers(partner, request);
    expect((await hub.requestsOf(reference))[0]!.answers).toMatchObject([{ cameAfterDecision: false }]);
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('late_answer')).toEqual([]);
  });

  it('is refused for an agency whose request is open, for no child, and for what is not there', async () => {
    const { agencyId } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    await hub.asks(hub.screener, reference, agencyId);
    await expect(hub.asks(hub.manager, reference, agencyId)).rejects.toMatchObject({ code: 'already-asked' });
    for (const wrong of [
      { children: [] },
      { children: [9] },
      { children: [99_999] },
      { children: [1.5] },
      { agencies: [] },
      { agencies: ['x'] },
      { agencies: [randomUUID()] },
    ]) {
      await expect(hub.asks(hub.manager, reference, hub.agency.agencyId, wrong)).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    expect(await hub.requestsOf(reference)).toHaveLength(1);
  });

  it('asks once when its form is sent twice', async () => {
    const { agencyId } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    const formId = randomUUID();
    await hub.asks(hub.screener, reference, agencyId, { formId });
    await hub.asks(hub.screener, reference, agencyId, { formId });
    expect(await hub.requestsOf(reference)).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('ends the clock, is late after the due time alone, and can be added to', async () => {
    const { agencyId, partner } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aBruisedBaby());
    const request = await hub.asks(hub.screener, reference, agencyId);
    await hub.moveTo('2026-11-23T12:01');
    const first = { kind: 'known', words: 'Two reports in 2025.', leadWorker: 'PC Amos' } as const;
    await hub.answers(partner, request, { ...first, lastContactOn: Temporal.PlainDate.from('2025-10-02') });
    await hub.answers(partner, request, { kind: 'known', words: 'And one in 2024.', handling: 'hub_only' });
    const [stored] = await hub.requestsOf(reference);
    expect(stored!.isRunning).toBe(false);
    expect(stored!.answers).toMatchObject([
      {
        ...first,
        lastContactOn: '2025-10-02',
        handling: 'receiving_service',
        isLate: true,
        by: partner.name,
        saidBy: null,
      },
      { words: 'And one in 2024.', handling: 'hub_only', isLate: false },
    ]);
    await hub.moveTo('2026-11-23T18:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toEqual([]);
  });

  it('is written down by the hub with who said it, and is taken of a request that was withdrawn', async () => {
    const { agencyId, partner } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aBruisedBaby());
    const request = await hub.asks(hub.screener, reference, agencyId);
    await hub.partners.withdraw.execute({ request, reason: 'Moved away', formId: randomUUID(), by: hub.screener });
    await hub.answers(hub.screener, request, { saidBy: 'PC Amos, by telephone' });
    await hub.answers(partner, request, { saidBy: 'no person' });
    expect((await hub.requestsOf(reference))[0]).toMatchObject({
      ...{ isWithdrawn: true, withdrawnBecause: 'Moved away', isRunning: false },
      answers: [{ saidBy: 'PC Amos, by telephone' }, { saidBy: null }],
    });
  });

  it('after the decision tells the decider, until a person has read it', async () => {
    const { agencyId, partner } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aCoachMessagingChildren());
    const request = await hub.asks(hub.screener, reference, agencyId);
    await hub.decides(hub.socialWorker, reference);
    expect(await dueOf(reference)).toMatchObject([[expect.any(String), false]]);
    await hub.moveTo('2026-11-25T10:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('information_request')).toEqual([['2026-11-25T10:00', 'agency']].slice(1));
    await hub.answers(partner, request, { kind: 'known', words: 'He is on bail.' });
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('late_answer')).toEqual([['2026-11-25T10:00', 'owner']]);
    const [{ isDecidedWithout, answers }] = (await hub.requestsOf(reference)) as [
      Awaited<ReturnType<Hub['requestsOf']>>[0],
    ];
    expect([isDecidedWithout, answers[0]!.cameAfterDecision]).toEqual([true, true]);
    const read = { answer: answers[0]!.id, note: 'The decision stands.', by: hub.socialWorker };
    await hub.partners.readLate.execute({ ...read, formId: randomUUID() });
    await expect(hub.partners.readLate.execute({ ...read, formId: randomUUID() })).rejects.toMatchObject({
      code: 'request-settled',
    });
    await hub.moveTo('2026-11-30T10:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('late_answer')).toHaveLength(1);
  });
});

describe('a decision', () => {
  it('records the agencies that it was made without, and none that answered', async () => {
    const [police, health] = [await hub.anAgency('Loomgate Police'), await hub.anAgency('Loomgate Health')];
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.asks(hub.screener, reference, police.agencyId);
    await hub.answers(health.partner, await hub.asks(hub.screener, reference, health.agencyId));
    await hub.decides(hub.socialWorker, reference);
    expect((await hub.requestsOf(reference)).map(({ agency, isDecidedWithout }) => [agency, isDecidedWithout])).toEqual(
      [
        ['Loomgate Police', true],
        ['Loomgate Health', false],
      ],
    );
    const acts = (await hub.read(reference)).timeline.map(({ act }) => act);
    expect(acts).toContain('decision.made-without');
  });

  it('that is taken back lets the clocks run on as if it had not been', async () => {
    const { agencyId } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    await hub.asks(hub.screener, reference, agencyId);
    const before = await dueOf(reference);
    await hub.fireDue.execute();
    await hub.moveBy({ minutes: 1 });
    await hub.decides(hub.socialWorker, reference);
    await hub.takesBack(hub.socialWorker, reference);
    expect(await dueOf(reference)).toEqual(before);
    expect((await hub.requestsOf(reference))[0]!.isDecidedWithout).toBe(false);
    await hub.moveTo('2026-11-23T16:00');
    await hub.fireDue.execute();
    expect((await hub.alertsOfKind('information_request')).at(-1)).toEqual(['2026-11-23T16:00', 'owner agency']);
  });
});

describe('an agency', () => {
  it('sees its own requests and answers them, and none of another agency, however they stand', async () => {
    const [police, health] = [await hub.anAgency('Loomgate Police'), await hub.anAgency('Loomgate Health')];
    const states = ['open', 'answered', 'withdrawn', 'decided'] as const;
    for (const state of states) {
      const reference = await hub.submit(aCoachMessagingChildren());
      for (const { agencyId, partner } of [police, health]) {
        const request = await hub.asks(hub.screener, reference, agencyId);
        if (state === 'answered') await hub.answers(partner, request);
        if (state === 'withdrawn')
          await hub.partners.withdraw.execute({ request, reason: 'x', formId: randomUUID(), by: hub.screener });
      }
      if (state === 'decided') await hub.decides(hub.socialWorker, reference);
    }
    const credential = { kind: 'agency', id: police.agencyId, clientId: '', scopes: SCOPES } as const;
    const all = await hub.everyRequest();
    expect(all).toHaveLength(states.length * 2);
    for (const by of [police.partner, credential]) {
      const { open, settled, agency } = await hub.partners.own.execute(by);
      expect([agency, open.length, settled.length]).toEqual(['Loomgate Police', 2, 2]);
    }
    for (const by of [police.partner, credential]) {
      for (const { id, agencyId } of all) {
        const isOwn = agencyId === police.agencyId;
        const answer = {
          request: id,
          kind: 'known',
          words: 'x',
          leadWorker: '',
          lastContactOn: null,
          handling: 'hub_only',
        } as const;
        const answering = () =>
          by.kind === 'agency'
            ? hub.partners.answer.executeByApi({ ...answer, by })
            : hub.partners.answer.execute({ ...answer, saidBy: '', formId: randomUUID(), by });
        if (isOwn) {
          expect((await hub.partners.own.one(id, by)).request.id).toBe(id);
          await answering();
        } else {
          await expect(hub.partners.own.one(id, by)).rejects.toMatchObject({ code: 'not-found' });
          await expect(answering()).rejects.toMatchObject({ code: 'not-found' });
        }
      }
    }
  });

  it('that sends the same answer again by its credential is understood to have sent it once', async () => {
    const { agencyId } = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    const request = await hub.asks(hub.screener, reference, agencyId);
    const by = { kind: 'agency', id: agencyId, clientId: '', scopes: SCOPES } as const;
    for (const kind of ANSWER_KINDS) {
      for (const handling of HANDLINGS) {
        const answer = { request, kind, handling, words: 'As said', leadWorker: '', lastContactOn: null, by };
        await hub.partners.answer.executeByApi(answer);
        await hub.partners.answer.executeByApi(answer);
      }
    }
    const [{ answers }] = (await hub.requestsOf(reference)) as [Awaited<ReturnType<Hub['requestsOf']>>[0]];
    expect(answers).toHaveLength(ANSWER_KINDS.length * HANDLINGS.length);
  });

  it('is counted by what it answered, in time or late', async () => {
    const { agencyId, partner } = await hub.anAgency('Loomgate Police');
    for (const answered of ['2026-11-23T11:00', '2026-11-23T11:30', '2026-11-23T19:00', null]) {
      await hub.moveTo('2026-11-23T10:00');
      const request = await hub.asks(hub.screener, await hub.submit(aRoutineAmber()), agencyId);
      if (answered === null) continue;
      await hub.moveTo(answered);
      await hub.answers(partner, request);
    }
    await hub.moveTo('2026-11-24T10:00');
    expect((await hub.partners.own.execute(partner)).answers).toEqual({
      ...{ asked: 4, answered: 3, inTime: 2, late: 1, overdue: 1, withdrawn: 0, medianMinutes: 90 },
      ...{ awaited: 0, decidedWithout: 0 },
    });
  });
});
