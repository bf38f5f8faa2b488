import { randomUUID } from 'node:crypto';
import { AllowFeedback, ReadFeedback } from '#feedback';
import { DecideAgain, ReadRoutes } from '#routes';
import { SERVICE, sql } from '#store';
import { AgencyClient, FORM } from '../support/agency-client.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

interface Shown {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly data: { readonly reference: string; readonly informationRequest?: string };
}
interface Events {
  readonly data: readonly Shown[];
  readonly page: { readonly next?: string; readonly hasMore: boolean };
}

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const PATH = '/api/v1/events';
const ask = async (query = '', token = hub.agency.token): Promise<Events> => {
  const { status, body } = await api.get(`${PATH}${query}`, token);
  expect([query, status]).toEqual([query, 200]);
  return body;
};
const typesOf = ({ data }: Events) => data.map(({ type }) => type);
/** A reader that keeps its cursor, as a program does. */
function reader(limit = 100, token?: string) {
  let cursor = '';
  return async () => {
    const all: Shown[] = [];
    for (;;) {
      const { data, page } = await ask(`?limit=${limit}${cursor}`, token);
      all.push(...data);
      if (page.next !== undefined) cursor = `&after=${page.next}`;
      if (!page.hasMore) return all;
    }
  };
}
const types = (events: readonly Shown[]) => events.map(({ type }) => type);

describe('the events of an agency', () => {
  it('tell what its status tells, each once, and when it happened', async () => {
    const read = reader();
    const reference = await hub.submit(aCoachMessagingChildren());
    expect(await read()).toEqual([
      {
        id: expect.any(String),
        type: 'referral.received',
        occurredAt: '2026-11-23T10:00:00Z',
        data: { reference },
      },
    ]);
    await hub.moveBy({ minutes: 1 });
    await hub.read(reference);
    await hub.decides(hub.socialWorker, reference);
    expect(types(await read())).toEqual(['referral.in_triage']);
    await hub.moveBy({ seconds: 29 });
    expect(await read()).toEqual([]);
    await hub.moveBy({ seconds: 1 });
    const decided = await read();
    expect(decided.map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['referral.decided', '2026-11-23T10:01:30Z'],
      ['feedback.available', '2026-11-23T10:01:30Z'],
    ]);
    expect(JSON.stringify(decided)).not.toMatch(/assessment|section|outcome|rating/i);
    expect(await read()).toEqual([]);
    expect(types((await ask()).data)).toHaveLength(4);
  });

  it('tell nothing of a decision that is taken back', async () => {
    const read = reader();
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.socialWorker, reference);
    await read();
    await hub.takesBack(hub.socialWorker, reference);
    // That a person has read it meanwhile is all.
    await hub.moveBy({ minutes: 5 });
    expect(await read()).toEqual([expect.objectContaining({ type: 'referral.in_triage' })]);
  });

  it('say that there is feedback for a person of the public once a manager allows it, and not before', async () => {
    const read = reader();
    const { reference } = await hub.takeDown.execute({
      ...{
        formId: randomUUID(),
        agencyId: hub.agency.agencyId,
        caller: '1B',
        receivedBy: 'telephone',
        by: hub.screener,
      },
      referral: aCoachMessagingChildren(),
    });
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 5 });
    expect(types(await read())).toEqual(['referral.received', 'referral.decided']);
    const [waiting] = await hub.whole.get(ReadFeedback).ofReferral(reference, hub.manager);
    const said = { reference, feedback: waiting!.id, words: 'She is the grandmother.', formId: randomUUID() };
    await hub.whole.get(AllowFeedback).execute({ ...said, isAllowed: true, by: hub.manager });
    expect(await read()).toMatchObject([{ type: 'feedback.available', occurredAt: '2026-11-23T10:05:00Z' }]);
  });

  it('say that the hub looks again when a decision that was told is in effect no more', async () => {
    const read = reader();
    const reference = await hub.submit(aCoachMessagingChildren());
    const HELP = { outcome: 'early_help', thresholdLevel: 2, progression: 'contact_only', primaryNeed: null } as const;
    await hub.decides(hub.socialWorker, reference, HELP);
    await hub.moveBy({ minutes: 1 });
    await read();
    const { routes } = (await hub.whole.get(ReadRoutes).ofReferral(reference, hub.manager))!;
    await hub.whole.get(DecideAgain).execute({
      ...{ reference, routeId: routes.at(-1)!.id, formId: randomUUID(), by: hub.socialWorker },
    });
    expect(types(await read())).toEqual(['referral.reopened']);
    await hub.decides(hub.socialWorker, reference);
    expect(await read()).toEqual([]);
    await hub.moveBy({ minutes: 1 });
    expect(types(await read())).toEqual(['referral.decided', 'feedback.available']);
  });

  it('tell an agency what the hub asks it, of whichever referral, and only a program that may answer', async () => {
    const police = await hub.anAgency('Loomgate Police');
    const reference = await hub.submit(aRoutineAmber());
    const id = await hub.asks(hub.screener, reference, police.agencyId);
    const asked = await ask('', police.token);
    expect(asked.data).toMatchObject([{ type: 'information.requested', data: { reference, informationRequest: id } }]);
    const client = await AgencyClient.of(hub.database, police.agencyId, { scopes: ['referrals:read-own'] });
    const form = new URLSearchParams({ ...FORM, client_assertion: await client.assertion() }).toString();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const { body } = await api.send('POST', '/oauth2/token', { headers, body: form });
    expect((await ask('', (body as { access_token: string }).access_token)).data).toEqual([]);
    await hub.partners.withdraw.execute({ request: id, reason: 'x', formId: randomUUID(), by: hub.screener });
    expect(typesOf(await ask(`?after=${asked.page.next}`, police.token))).toEqual(['information.withdrawn']);
    expect(typesOf(await ask())).not.toContain('information.requested');
  });

  it('Z2: are those of own referrals, and of no other agency', async () => {
    const police = await hub.anAgency('Loomgate Police');
    await hub.submit(aRoutineAmber());
    const theirs = await hub.submit(aRoutineAmber(), police.agencyId);
    expect((await ask('', police.token)).data.map(({ data }) => data.reference)).toEqual([theirs]);
  });

  it('come page by page in one order, and the cursor stands still where nothing is new', async () => {
    for (let at = 0; at < 5; at++) {
      await hub.moveBy({ minutes: 1 });
      await hub.submit(aRoutineAmber());
    }
    const all = await reader(2)();
    expect(all).toEqual((await ask()).data);
    const { page } = await ask();
    expect((await ask(`?after=${page.next}`)).page).toEqual({ next: page.next, hasMore: false });
    expect((await api.get(`${PATH}?limit=2`, hub.agency.token)).headers.get('Link')).toMatch(/rel="next"/);
  });

  it('that are stored by a transaction that ends later are not behind a cursor that a reader has passed', async () => {
    const read = reader();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const opening = Promise.withResolvers<void>();
    const reference = await hub.submit(aRoutineAmber());
    await read();
    const slow = hub.database.as(SERVICE).transaction(async (tx) => {
      await tx.run(sql`UPDATE referral SET first_opened_at = ${tx.now}`);
      opening.resolve();
      await held;
    });
    await opening.promise;
    await hub.moveBy({ minutes: 10 });
    const later = await hub.submit(aRoutineAmber());
    expect((await read()).map(({ data }) => data.reference)).toEqual([later]);
    letGo();
    await slow;
    expect((await read()).map(({ type, data }) => [type, data.reference])).toEqual([['referral.in_triage', reference]]);
  });

  it('reach each of several readers once, while referrals come in', async () => {
    const readers = [reader(3), reader(7), reader()];
    const seen = readers.map((): Shown[] => []);
    const sending = Promise.all(Array.from({ length: 20 }, () => hub.submit(aRoutineAmber())));
    const isDone = { yet: false };
    void sending.then(() => (isDone.yet = true));
    const reading = readers.map(async (read, index) => {
      for (;;) {
        const wasDone = isDone.yet;
        seen[index]!.push(...(await read()));
        if (wasDone) return;
      }
    });
    const references = await sending;
    await Promise.all(reading);
    for (const events of seen) {
      expect(events.map(({ data }) => data.reference).toSorted()).toEqual(references.toSorted());
      expect(events).toEqual(seen[0]);
    }
  });

  it('are kept for 90 days, and their numbers are not given again', async () => {
    await hub.submit(aRoutineAmber());
    const { page } = await ask();
    await hub.moveBy({ hours: 90 * 24 });
    expect((await ask()).data).toEqual([]);
    const latest = await hub.submit(aRoutineAmber());
    expect((await ask(`?after=${page.next}`)).data.map(({ data }) => data.reference)).toEqual([latest]);
    expect((await ask()).data).toHaveLength(1);
  });

  it('X6: are not read from a cursor of another list or agency', async () => {
    const police = await hub.anAgency('Loomgate Police');
    await hub.submit(aRoutineAmber());
    await hub.submit(aRoutineAmber());
    const { page } = (await api.get('/api/v1/referrals?limit=1', hub.agency.token)).body as Events;
    const own = (await ask()).page.next;
    for (const [cursor, token] of [
      [page.next, hub.agency.token],
      [own, police.token],
      ['WyIwIl0.AAAAAAAAAAAAAAAAAAAAAA', hub.agency.token],
    ]) {
      const { status, body } = await api.get(`${PATH}?after=${cursor}`, token);
      expect([status, (body as { type: string }).type]).toEqual([400, 'urn:mash-triage:problem:invalid-cursor']);
    }
  });

  it('are on the record where some were shown, and not where there was none', async () => {
    await ask();
    await hub.submit(aRoutineAmber());
    await ask();
    expect(await hub.recordOf('events.read')).toEqual([{ lines: 1 }]);
  });
});
