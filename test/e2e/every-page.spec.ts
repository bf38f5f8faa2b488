import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { Type } from '@nestjs/common';
import { PAGES } from '../../apps/console/src/console.module.ts';
import { pagePathsOf } from '../../apps/console/src/shell/forms/post-routes.ts';
import { createHub, type Hub } from '../support/hub.ts';
import type { Page } from '../support/page/page.ts';
import { ownPages, pagesOf } from '../support/pages-of-the-console.ts';
import { aBruisedBaby, aCoachMessagingChildren } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { contentsOfTables } from '../support/verbs/contents.ts';

const CONTROLLERS = PAGES.flatMap((page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[]);
/** Those that are about no single agency, person or client. */
const OF_ADMINISTRATION = pagePathsOf(CONTROLLERS).filter((path) => /^\/administration\/[^:]*$/.test(path));
const FOR_ALL = ['/help', '/accessibility', '/privacy', '/signed-out'];
const TRAINING = 'Fictional children only.';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

/** Every page that a person of the hub, an administrator and a person of an agency may open. */
async function everyPage(console: RunningConsole): Promise<readonly Page[]> {
  const reference = await hub.submit(aBruisedBaby());
  const { partner } = await hub.anAgency('Hillbrook Primary');
  const people = [
    [hub.manager, pagesOf('Mel Manager', reference)],
    [hub.socialWorker, pagesOf('Sol Worker', reference)],
    [hub.screener, pagesOf('Sam Screener', reference)],
    [hub.auditor, pagesOf('Ada Auditor', reference)],
    [await hub.another('administrator'), [...OF_ADMINISTRATION, '/preferences']],
    [partner, ownPages('').filter((path) => !path.endsWith('/'))],
  ] as const;
  const pages: Page[] = [];
  for (const [person, paths] of people) {
    const visitor = await console.visitedBy(person, '/help');
    for (const path of paths) pages.push(await visitor.open(path));
  }
  expect(pages.filter(({ status }) => status !== 200).map(({ path, status }) => [path, status])).toEqual([]);
  return pages;
}

describe('every page of a person who is signed in', () => {
  it('lets them sign out, and no page of a visitor does', async () => {
    const console = await RunningConsole.start(hub);
    try {
      const pages = await everyPage(console);
      expect(pages.length).toBeGreaterThan(150);
      expect(pages.filter((page) => !page.buttons().includes('Sign out')).map(({ path }) => path)).toEqual([]);
      expect(pages.filter((page) => page.sendingBy('Sign out').action !== '/sign-out')).toEqual([]);
      for (const path of FOR_ALL) {
        const page = await console.visitor().open(path);
        expect([path, page.status, page.buttons()]).toEqual([path, 200, []]);
      }
    } finally {
      await console.stop();
    }
  });
});

describe('every page', () => {
  const isMarked = (page: Page) => page.text.includes(TRAINING) && page.title.includes('(training)');

  it('of a hub for training says that its children are fictional, and so does its title', async () => {
    const console = await RunningConsole.start(hub, async () => [], { TRAINING_HUB: 'yes' });
    try {
      const visitor = console.visitor();
      const others: Page[] = [];
      for (const path of [...FOR_ALL, '/nothing-here', '/sign-in/callback?code=a&state=b']) {
        others.push(await visitor.open(path));
      }
      const pages = [...(await everyPage(console)), ...others];
      expect(pages.length).toBeGreaterThan(150);
      expect(pages.filter((page) => !isMarked(page)).map(({ path }) => path)).toEqual([]);
    } finally {
      await console.stop();
    }
  });

  it('of a hub for real children says nothing of training', async () => {
    const console = await RunningConsole.start(hub);
    try {
      const { page } = await console.visitedBy(hub.manager);
      expect([page.heading, isMarked(page), page.text.includes('Training')]).toEqual([
        'Waiting for a decision',
        false,
        false,
      ]);
    } finally {
      await console.stop();
    }
  });
});

describe('opening pages', () => {
  /** What reading writes: sessions in use, who read and who was refused, with the chain of the record, and failed sign-ins. */
  const OF_READING = ['session', 'audit_entry', 'record_lane', 'rate_limit'];
  /** A stream does not end. */
  const ROUTES = pagePathsOf(CONTROLLERS).filter((path) => path !== '/live');

  const NOVEMBER = 'from=2026-11-01&to=2026-12-01';

  it('leaves every table as it was, but for sessions, the record and limits, for each role and address', async () => {
    const console = await RunningConsole.start(hub);
    try {
      const { partner, agencyId } = await hub.anAgency('Hillbrook Primary');
      const decided = await hub.submit(aCoachMessagingChildren());
      const request = await hub.asks(hub.socialWorker, decided, agencyId);
      await hub.decides(hub.socialWorker, decided);
      const held = await hub.submit(aBruisedBaby());
      await hub.claims(hub.manager, held);
      const others = [await hub.another('administrator'), await hub.another('head_of_service')];
      const people = [hub.manager, hub.socialWorker, hub.auditor, ...others, partner];
      const visitors = [console.visitor()];
      for (const person of people) visitors.push(await console.visitedBy(person, '/help'));
      // That a referral was opened for the first time is a time of its own.
      for (const reference of [decided, held]) await hub.read(reference);

      const values: Readonly<Record<string, readonly string[]>> = {
        reference: [decided, held],
        id: [request, agencyId, hub.screener.id],
        person: [hub.screener.id],
        ...{ number: ['1'], measure: ['received'], month: ['2026-11'], of: ['people'] },
        form: ['01900000-0000-7000-8000-000000000004'],
      };
      const addressesOf = (route: string): readonly string[] => {
        const [parameter, name] = /:(\w+)/.exec(route) ?? [];
        if (parameter === undefined) return [route.includes('/figures/') ? `${route}?${NOVEMBER}` : route];
        return (values[name!] ?? ['x']).flatMap((value) => addressesOf(route.replace(parameter, value)));
      };
      const before = await contentsOfTables(hub.database);
      const shown: string[] = [];
      for (const address of ROUTES.flatMap(addressesOf)) {
        for (const visitor of visitors) if ((await visitor.get(address)).status === 200) shown.push(address);
      }
      const after = await contentsOfTables(hub.database);
      expect([ROUTES.length > 100, new Set(shown).size > 90, before.size > 100]).toEqual([true, true, true]);
      expect(after.get('audit_entry')).not.toBe(before.get('audit_entry'));
      const changed = [...after].filter(([name, contents]) => before.get(name) !== contents).map(([name]) => name);
      expect(changed.filter((name) => !OF_READING.includes(name))).toEqual([]);
    } finally {
      await console.stop();
    }
  });
});
