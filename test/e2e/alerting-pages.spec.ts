import { DEFAULT_CALENDAR } from '#domain';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
let console: RunningConsole;

beforeEach(async () => {
  hub = await createHub();
  const people = async () =>
    hub.database
      .as(SERVICE)
      .rows<{ subject: string; name: string; role: string }>(sql`SELECT subject, name, role FROM staff_member`);
  console = await RunningConsole.start(hub.url, people);
});
afterEach(async () => {
  await console.stop();
  await hub.drop();
});

const signedIn = async (person: { subject: string }) => {
  const visitor = new Visitor(console);
  await visitor.signInAs(person.subject);
  return visitor;
};

/** The fields of the form on a page, as a browser would send them. */
function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    const isOff = tag.includes('type="checkbox"') && !tag.includes('checked');
    if (name !== undefined && !isOff) fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
  }
  for (const [, name, options] of html.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    fields[name!] = /<option value="([^"]*)" selected/.exec(options!)?.[1] ?? '';
  }
  for (const [, name, text] of html.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g)) {
    fields[name!] = text!;
  }
  return fields;
}

it('a manager changes the policy: preview of what changes, published, open deadlines follow, the alerted does not', async () => {
  const [moves, alerted] = [await hub.submit(aFamilyShortOfMoney()), await hub.submit(aFracturedToddler())];
  await hub.moveTo('2026-11-23T10:30');
  await hub.fireDue.execute();
  const manager = await signedIn(hub.manager);
  const form = await manager.get('/policy/change');
  const changed = { ...fieldsOf(form.html), 'green.decisionDue.length': '2', 'red.decisionDue.length': '3' };

  const withoutReason = await manager.submit('/policy/change', { ...changed, act: 'preview' });
  expect([withoutReason.status, withoutReason.html.includes('Say why this changes')]).toEqual([422, true]);
  const preview = await manager.submit('/policy/change', { ...changed, reason: 'Quicker', act: 'preview' });
  expect(preview.status).toBe(200);
  expect(preview.html).toContain('2 open; 1 would be due earlier, 0 later');
  expect(preview.html).toContain('1 has already alerted and would not be moved');
  expect(preview.html).toContain(moves);

  const { fingerprint } = fieldsOf(preview.html);
  const sneaked = await manager.submit('/policy/change', {
    ...changed,
    'green.decisionDue.length': '1',
    reason: 'Quicker',
    fingerprint: fingerprint!,
    act: 'publish',
  });
  expect([sneaked.status, sneaked.html.includes('You changed something after the preview')]).toEqual([409, true]);
  const published = await manager.submit('/policy/change', {
    ...changed,
    reason: 'Quicker',
    fingerprint: fingerprint!,
    act: 'publish',
  });
  expect([published.status, published.location]).toEqual([303, `${console.url}/policy`]);
  expect(await hub.rearm.execute()).toBe(1);
  const due = async (reference: string) => (await hub.readReferral.execute({ reference, by: hub.screener })).deadlines;
  expect((await due(moves)).filter(({ state }) => state === 'open').map(({ dueAt }) => dueAt.toString())).toEqual([
    '2026-11-25T10:00:00Z',
  ]);
  expect((await due(alerted)).find(({ kind }) => kind === 'decision')!.dueAt.toString()).toBe('2026-11-23T14:00:00Z');
  expect(await hub.rearm.execute()).toBe(0);
  const page = await manager.get('/policy');
  expect(page.html).toContain('Version 2, in force');
  expect(page.html).toContain('Quicker');
});

it('shows every fault of a policy at its field, and keeps what was typed', async () => {
  const manager = await signedIn(hub.manager);
  const form = await manager.get('/policy/change');
  const wrong = await manager.submit('/policy/change', {
    ...fieldsOf(form.html),
    'red.4.when': '',
    'amber.decisionDue.length': 'soon',
    'green.0.by.email': '',
    reason: 'Because of <b>this</b>',
    act: 'publish',
  });
  expect(wrong.status).toBe(422);
  for (const said of [
    'Red needs exactly one repeating step, and it must be the last',
    'href="#amber.decisionDue.length">Enter a whole number from 1 to 20',
    'href="#green.0.when">Use e-mail or text message at once',
    'value="soon"',
    'Because of &lt;b&gt;this&lt;/b&gt;',
  ])
    expect(wrong.html).toContain(said);
  expect((await hub.database.as(SERVICE).rows(sql`SELECT 1 FROM policy_version`)).length).toBe(1);
});

it('a proclaimed holiday moves what is open, from the day it is published for', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const manager = await signedIn(hub.manager);
  const form = await manager.get('/calendar/change');
  const fields = { ...fieldsOf(form.html), closures: '2026-11-24', reason: 'Proclaimed' };
  const nonsense = await manager.submit('/calendar/change', { ...fields, closures: '2026-02-30', act: 'preview' });
  expect([nonsense.status, nonsense.html.includes('Enter real dates')]).toEqual([422, true]);
  const preview = await manager.submit('/calendar/change', { ...fields, act: 'preview' });
  expect(preview.html).toContain('1 open; 0 would be due earlier, 1 later');
  const { fingerprint } = fieldsOf(preview.html);
  await manager.submit('/calendar/change', { ...fields, fingerprint: fingerprint!, act: 'publish' });
  await hub.rearm.execute();
  const [row] = await hub.database
    .as(SERVICE)
    .rows<{ due: Temporal.Instant }>(sql`SELECT decision_due_at AS due FROM referral WHERE reference = ${reference}`);
  expect(row!.due.toString()).toBe('2026-11-25T10:00:00Z');
  expect((await hub.invariants.execute()).filter(({ invariant }) => invariant !== 'I2')).toEqual([]);
  expect((await manager.get('/calendar')).html).toContain('Tuesday 24 November 2026');
});

it('a version for a day ahead takes effect then, and not before', async () => {
  const reference = await hub.submit(aFamilyShortOfMoney());
  const manager = await signedIn(hub.manager);
  const form = await manager.get('/policy/change');
  const fields = {
    ...fieldsOf(form.html),
    'green.decisionDue.length': '5',
    reason: 'From tomorrow',
    effectiveOn: '2026-11-24',
  };
  const preview = await manager.submit('/policy/change', { ...fields, act: 'preview' });
  await manager.submit('/policy/change', {
    ...fields,
    fingerprint: fieldsOf(preview.html)['fingerprint']!,
    act: 'publish',
  });
  expect(await hub.rearm.execute()).toBe(0);
  await hub.moveTo('2026-11-24T00:00');
  expect(await hub.rearm.execute()).toBe(1);
  const { deadlines } = await hub.readReferral.execute({ reference, by: hub.screener });
  expect(deadlines.at(-1)!.dueAt.toString()).toBe('2026-11-30T10:00:00Z');
});

it('only managers change policy, calendar and rota; for others those forms do not exist', async () => {
  const screener = await signedIn(hub.screener);
  for (const path of ['/policy/change', '/calendar/change']) expect((await screener.get(path)).status).toBe(404);
  await screener.get('/queue');
  expect((await screener.submit('/rota', { kind: 'add-absence' })).status).toBe(404);
  for (const path of ['/policy', '/calendar', '/rota', '/handover', '/service', '/alerts'])
    expect((await screener.get(path)).status).toBe(200);
});

it('the rota: a turn for some days leaves a gap, which alerts, and cover fills it', async () => {
  const manager = await signedIn(hub.manager);
  const duty = hub.onDuty.duty_team;
  await manager.get('/rota');
  const weekdays = { 'day.mon': 'yes', 'day.tue': 'yes', 'day.wed': 'yes', 'day.thu': 'yes' };
  const turn = { kind: 'add-shift', group: 'duty_team', person: duty.id, from: '08:00', until: '18:00' };
  const noDay = await manager.submit('/rota', turn);
  expect([noDay.status, noDay.html.includes('Select at least one day')]).toEqual([422, true]);
  expect((await manager.submit('/rota', { ...turn, ...weekdays })).status).toBe(303);
  const page = await manager.get('/rota');
  expect(page.html).toContain('Duty team: nobody from 8:30am on Friday 27 November until 4pm on Friday 27 November');

  await hub.watchRota.execute();
  await hub.fireDue.execute();
  expect((await manager.get('/alerts')).html).toContain('Nobody is on the rota for the duty team');
  const cover = {
    ...{ kind: 'add-cover', group: 'duty_team', person: hub.onDuty.service_manager.id },
    ...{ fromDay: '2026-11-27', fromTime: '08:00', untilDay: '2026-11-27', untilTime: '17:00' },
  };
  await manager.get('/rota');
  const backwards = await manager.submit('/rota', { ...cover, untilDay: '2026-11-26' });
  expect([backwards.status, backwards.html.includes('The end must be after the beginning')]).toEqual([422, true]);
  for (const wrong of [{ untilDay: '9999-12-31' }, { untilTime: '23:59:59.9' }, { fromDay: '0000-01-01' }]) {
    const refused = await manager.submit('/rota', { ...cover, ...wrong });
    expect([refused.status, refused.html.includes('Enter a date and a time')]).toEqual([422, true]);
  }
  expect((await manager.submit('/rota', cover)).status).toBe(303);
  await hub.watchRota.execute();
  expect((await manager.get('/alerts')).html).not.toContain('Nobody is on the rota');
});

it('the last resort cannot be emptied', async () => {
  const manager = await signedIn(hub.manager);
  const last = hub.onDuty.last_resort;
  await manager.get('/rota');
  const refused = await manager.submit('/rota', { kind: 'set-contact', person: last.id, email: last.email, phone: '' });
  expect([refused.status, refused.html.includes('The last resort is never empty')]).toEqual([409, true]);
  const kept = await hub.database
    .as(SERVICE)
    .rows(sql`SELECT 1 FROM staff_member WHERE 'last_resort' = ANY(alert_groups)`);
  expect(kept).toHaveLength(1);
});

it('open reds are handed over at closing and opening; one nobody accepts alerts the manager on duty', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.submit(aFamilyShortOfMoney());
  await hub.moveTo('2026-11-23T16:59');
  await hub.beginHandover.execute();
  expect((await hub.readHandovers.execute({ by: hub.manager })).handovers).toEqual([]);
  await hub.moveTo('2026-11-23T17:00');
  await Promise.all([hub.beginHandover.execute(), hub.beginHandover.execute()]);
  const nadia = await signedIn(hub.onDuty.emergency_duty_team);
  const page = await nadia.get('/handover');
  expect(page.html).toContain(reference);
  expect(page.html.match(/mash-handover/g)).toHaveLength(1);
  const told = async () =>
    (
      await hub.database
        .as(SERVICE)
        .rows<{ at: Temporal.Instant; told: string[] }>(
          sql`SELECT a.fired_at AS at, a.told FROM alert a JOIN deadline d ON d.id = a.deadline_id WHERE d.kind = 'handover' ORDER BY 1`,
        )
    ).map(({ at, told: groups }) => [at.toString(), ...groups]);
  await hub.moveTo('2026-11-23T17:29');
  await hub.fireDue.execute();
  expect(await told()).toEqual([]);
  await hub.moveTo('2026-11-23T17:30');
  await hub.fireDue.execute();
  expect(await told()).toEqual([['2026-11-23T17:30:00Z', 'on_call_manager']]);
  await hub.moveTo('2026-11-24T08:59');
  await hub.fireDue.execute();
  expect(await told()).toHaveLength(1);
  await hub.moveTo('2026-11-24T09:00');
  await hub.fireDue.execute();
  expect((await told()).at(-1)).toEqual(['2026-11-24T09:00:00Z', 'practice_manager']);

  const id = /\/handover\/([0-9a-f-]+)\/accept/.exec(page.html)![1]!;
  const noted = await nadia.submit(`/handover/${id}/note`, { note: ' ' });
  expect([noted.status, noted.html.includes('Write what the next team must know')]).toEqual([422, true]);
  expect((await nadia.submit(`/handover/${id}/note`, { note: 'Ring the ward at nine' })).status).toBe(303);
  await nadia.get('/handover');
  expect((await nadia.submit(`/handover/${id}/accept`)).status).toBe(303);
  const accepted = await nadia.get('/handover');
  expect(accepted.html).toContain('Accepted by emergency_duty_team 9am today');
  expect(accepted.html).toContain('Ring the ward at nine');
  await hub.moveTo('2026-11-24T09:30');
  await hub.fireDue.execute();
  expect(await told()).toHaveLength(2);
});

it('a day closed at once hands over what is open at that moment', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T11:00');
  const calendar = { ...DEFAULT_CALENDAR, localClosures: ['2026-11-23'] };
  await hub.publish.execute({
    ...{ version: { kind: 'calendar', calendar }, reason: 'Snow', effectiveFrom: null, seen: 1, by: hub.manager },
  });
  await hub.beginHandover.execute();
  const { handovers } = await hub.readHandovers.execute({ by: hub.manager });
  expect(handovers.map(({ passesTo, at }) => [passesTo, at.toString()])).toEqual([
    ['emergency_duty_team', '2026-11-23T11:00:00Z'],
  ]);
  expect(handovers[0]!.referrals.map((one) => one.reference)).toEqual([reference]);
});

it('nobody is woken for a hand-over whose referrals are all decided, and only the next team accepts one', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T17:00');
  await hub.beginHandover.execute();
  const screener = await signedIn(hub.screener);
  const id = /\/handover\/([0-9a-f-]+)\/accept/.exec((await screener.get('/handover')).html)![1]!;
  await screener.submit(`/handover/${id}/accept`);
  expect((await screener.get('/handover')).html).toContain('only somebody of the team that takes over');
  const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
  const decision = { outcome: 'strategy_discussion', thresholdLevel: 4, rationale: 'Harm.' } as const;
  await hub.decide.execute({ ...decision, reference, version, by: hub.manager });
  // When it can no longer be taken back.
  await hub.moveTo('2026-11-23T17:00:30');
  await hub.beginHandover.execute();
  await hub.moveTo('2026-11-23T17:30');
  expect(await hub.fireDue.execute()).toBe(0);
});

it('the form says that a version ahead will replace what is published before it', async () => {
  const manager = await signedIn(hub.manager);
  const calendar = { ...DEFAULT_CALENDAR, localClosures: ['2026-12-24'] };
  const effectiveFrom = hub.at('2026-12-01T00:00');
  await hub.publish.execute({
    ...{ version: { kind: 'calendar', calendar }, reason: 'Closed', effectiveFrom, seen: 1, by: hub.manager },
  });
  const now = await manager.get('/calendar/change');
  expect(now.html).toContain('Version 2 takes effect midnight on Tuesday 1 December');
  expect(fieldsOf(now.html)['closures']).toBe('');
  expect(fieldsOf((await manager.get('/calendar/change?base=2')).html)['closures']).toBe('2026-12-24');
});

it('the alert timeline says what was due, fired and acknowledged, by whom and under which versions', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fireDue.execute();
  await hub.moveTo('2026-11-23T10:40');
  await hub.acknowledge.execute({ reference, by: hub.screener });
  const visitor = await signedIn(hub.manager);
  const { html } = await visitor.get(`/referrals/${reference}/alerts`);
  for (const said of [
    '23 November 2026, 10:00:00',
    'Alert 1 fired, 0 milliseconds after its time',
    'Alert 1 acknowledged',
    'Sam Screener',
    'Policy 1, calendar 1',
    'Printed by Mel Manager, 23 November 2026, 10:40:00',
  ])
    expect(html).toContain(said);
  expect((await visitor.get('/referrals/MASH-0000-0000/alerts')).status).toBe(404);
});

it('the service page says that nobody watches, and that all is well when somebody does', async () => {
  const visitor = await signedIn(hub.screener);
  expect((await visitor.get('/service')).html).toContain('It has never looked');
  await hub.database
    .as(SERVICE)
    .rows(
      sql`INSERT INTO watchdog_round (id, checked_at, holds, findings) VALUES (1, mash.now(), false, '[{"invariant":"I1","count":3}]')`,
    );
  const broken = await visitor.get('/service');
  expect(broken.html).toContain('3 found');
  await hub.moveTo('2026-11-23T10:01');
  expect((await visitor.get('/service')).html).toContain('The watchdog is silent');
});
