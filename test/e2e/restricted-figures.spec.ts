import { randomUUID } from 'node:crypto';
import { SERVICE, sql } from '#store';
import { playHistory } from '../../scripts/demonstration/history.ts';
import { readScenarios } from '../../scripts/demonstration/scenario-files.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import { createTestDatabase } from '../support/test-database.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  const test = await createTestDatabase();
  await playHistory(test.database, readScenarios());
  const now = await test.database.now();
  hub = await createHub(test);
  await hub.moveToInstant(now);
  console = await RunningConsole.start(hub);
}, 240_000);
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

/** Pages of figures. Where a page lists referrals too, its lines leave out those that are hidden: only its figures are here. */
const PAGES = [
  '/oversight',
  '/oversight/promptness',
  '/oversight/flow',
  '/oversight/decisions',
  '/oversight/safety',
  '/oversight/agencies',
  '/oversight/equity',
  '/oversight/samples',
  '/oversight/baselines',
  '/oversight/team',
  '/oversight/challenges',
  '/oversight/discussions',
  '/routes',
  '/feedback',
  '/feedback?view=settled',
  '/your-work',
  '/workload',
];

it('no figure changes for a manager when referrals are restricted that they may not open', async () => {
  const visitor = await console.visitedBy(hub.manager);
  const before = await figuresOf(visitor);
  expect(before.flatMap(({ figures }) => figures).length).toBeGreaterThan(300);
  await restrictHalf();
  await console.restart();
  const again = await console.visitedBy(hub.manager);
  for (const { path, figures } of await figuresOf(again)) {
    expect([path, figures]).toEqual([path, before.find((one) => one.path === path)!.figures]);
  }
});

/** Every number that a page says, in the order of the page, but ages of children, how many others there are, and references. */
async function figuresOf(visitor: Visitor) {
  const pages = [];
  for (const path of PAGES) {
    const { status, text } = await visitor.open(path);
    expect([path, status]).toEqual([path, 200]);
    // Lines of answers say what was last done, which is behind the wall: the figures stand before them.
    const figures = path.startsWith('/feedback') ? text.split(' Referral From Decided ')[0]! : text;
    const words = figures.replaceAll(/MASH-\w{4}-\w{4}|, \d+\b|\+\d+/g, '');
    pages.push({ path, figures: words.match(/\d[\d,.]*/g) ?? [] });
  }
  return pages;
}

async function restrictHalf(): Promise<void> {
  await hub.database.as(SERVICE).transaction(async (tx) => {
    const id = randomUUID();
    await tx.run(sql`
      INSERT INTO restriction (id, category, reason, set_by, set_at, review_at)
      VALUES (${id}, 'adoption', 'x', ${hub.otherManager.id}, ${tx.now}, ${tx.now})`);
    await tx.run(sql`
      INSERT INTO restricted_referral (restriction_id, referral_id, covered_at)
      SELECT ${id}, id, ${tx.now} FROM (SELECT id, row_number() OVER (ORDER BY received_at, id) AS n FROM referral) r WHERE n % 2 = 0`);
  });
}
