import { NextToSignOff } from '#decisions';
import { createHub, type Hub } from '../support/hub.ts';
import { aFracturedToddler, aPoorAttender, aRoutineAmber } from '../support/referrals.ts';
import { restricting } from '../support/restricting.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const { restricts } = restricting(() => hub);
const WORDS = 'The Quillfeather mother works here.';
const EARLY_HELP = {
  outcome: 'early_help',
  thresholdLevel: 2,
  progression: 'contact_only',
  primaryNeed: null,
} as const;

/** A family that a team returned, with the team's words. */
async function returned(): Promise<string> {
  const reference = await hub.submit(aPoorAttender({ child: { address: { postcode: 'SK14 8ZZ' } } }));
  await hub.decides(hub.socialWorker, reference, EARLY_HELP);
  await hub.moveBy({ minutes: 20 });
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/route`);
  await worker.press('Record the answer', {
    ...{ 'What did they answer?': 'They return it', 'Who answered, by name': 'Ros Team' },
    'Why it comes back': WORDS,
  });
  return reference;
}

it('Z9: a restricted family has no words, no team and no agency in the lists of what was sent on and who is told', async () => {
  const reference = await returned();
  const told = async () => {
    const screener = await console.visitedBy(hub.screener, '/routes?view=all');
    const [routes, feedback] = [screener.page.text, (await screener.open('/feedback')).text];
    return [routes.includes(reference), routes.includes(WORDS), feedback.includes('Loomgate School')];
  };
  expect(await told()).toEqual([true, true, true]);
  await restricts(reference);
  expect(await told()).toEqual([true, false, false]);
});

it('Z9: the rows behind a figure say of a restricted referral nothing of the child', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const path = '/oversight/figures/received/rows.csv?from=2026-11-01&to=2026-12-01&by=concern';
  const lineFor = async (by: typeof hub.manager) => {
    const { html } = await (await console.visitedBy(by)).open(path);
    return html.split('\n').find((line) => line.startsWith(reference))!;
  };
  expect(await lineFor(hub.otherManager)).toContain('missing_from_home_or_care');
  await restricts(reference);
  expect(await lineFor(hub.otherManager)).not.toContain('missing_from_home_or_care');
  expect(await lineFor(hub.manager)).toContain('missing_from_home_or_care');
});

it('Z9: a page that asks who looks at a restricted referral is told as of a reference of none', async () => {
  const reference = await hub.submit(aRoutineAmber());
  await restricts(reference);
  const screener = await console.visitedBy(hub.screener);
  for (const path of [`/live/now?on=${reference}&since=0`, `/live?on=${reference}&since=0`])
    expect([path, (await screener.open(path)).status]).toEqual([path, 404]);
  expect((await (await console.visitedBy(hub.manager)).open(`/live/now?on=${reference}&since=0`)).status).toBe(200);
});

it('Z9: a note of a hand-over about a restricted record is read by those who may open it, and counted for others', async () => {
  const [reference, other] = [await hub.submit(aFracturedToddler()), await hub.submit(aFracturedToddler())];
  await hub.moveTo('2026-11-23T17:00');
  await hub.beginHandover.execute();
  const note = 'What the next team must know';
  const about = 'What the note is about';
  const manager = await console.visitedBy(hub.manager, '/handover');
  const named = (of: string) => manager.page.field(about).choices.find((text) => text.endsWith(of))!;
  await manager.press('Add the note', { [about]: named(reference), [note]: 'He rings the ward' });
  await manager.press('Add the note', { [about]: named(other), [note]: 'The dog bites' });
  await manager.press('Add the note', { [note]: 'The radio is broken' });
  const screener = await console.visitedBy(hub.screener, '/handover');
  const choice = screener.page.field(about).choices.find((text) => text.endsWith(reference))!;
  const stale = screener.page;
  await restricts(reference);
  const refused = await screener.press('Add the note', { [about]: choice, [note]: 'She is at her aunt' }, stale);
  expect([refused.status, refused.errors()]).toEqual([409, [expect.stringContaining('is restricted now')]]);
  expect(refused.field(note).value).toBe('She is at her aunt');
  const page = await screener.open('/handover');
  expect(page.text).not.toContain('He rings the ward');
  expect(page.text).toContain('1 note is about a restricted record.');
  expect([page.text.includes('The dog bites'), page.text.includes('The radio is broken')]).toEqual([true, true]);
  expect(page.field(about).choices.filter((text) => text.endsWith(reference))).toEqual([]);
  const own = (await manager.open('/handover')).text;
  expect([own.includes('He rings the ward'), own.includes('restricted records.')]).toEqual([true, false]);
});

it('Z9: the next decision to sign off is one that the manager may open', async () => {
  const [first, second] = [await hub.submit(aRoutineAmber()), await hub.submit(aRoutineAmber())];
  for (const reference of [first, second]) {
    await hub.rates(hub.manager, reference, 'green');
    await hub.decides(hub.manager, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
  }
  const next = (by: typeof hub.manager) => hub.whole.get(NextToSignOff).execute(by);
  const before = (await next(hub.otherManager))!;
  const after = before === first ? second : first;
  await restricts(before);
  expect(await next(hub.otherManager)).toBe(after);
});

it('a person keeps fifty unfinished forms of a kind, and is told when there are more', async () => {
  const screener = await console.visitedBy(hub.screener, '/telephone');
  const statuses: number[] = [];
  for (let count = 0; count <= 50; count += 1) {
    const form = await screener.open(`/telephone/01900000-0000-7000-8000-0000000000${String(count).padStart(2, '0')}`);
    const { status } = await screener.types('Receive this referral', { 'Name of the caller': 'Pat Lowe' }, form);
    statuses.push(status);
  }
  expect([new Set(statuses.slice(0, 50)).size, statuses.at(-1)]).toEqual([1, 409]);
});
