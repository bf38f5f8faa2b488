import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { PAGES } from '../../apps/console/src/console.module.ts';
import { postRoutesOf } from '../../apps/console/src/shell/forms/post-routes.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aPoorAttender } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

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

const WHY = { 'Why do you open it?': 'Sampled for October' };
const PARTS = ['', '/timeline', '/alerts', '/decisions', '/access', '/print'] as const;

describe('an auditor who opens a referral', () => {
  let reference: string;
  let auditor: Visitor;
  beforeEach(async () => {
    reference = await hub.submit(aBruisedBaby());
    auditor = await console.visitedBy(hub.auditor, '/preferences');
  });

  it.each(PARTS)('says why first, and comes to the page they asked for: %s', async (part) => {
    const page = await auditor.open(`/referrals/${reference}${part}`);
    expect([page.status, page.heading]).toEqual([200, `Open ${reference} for an audit`]);
    expect(page.text).not.toContain('Elodie');
    const opened = await auditor.press('Open the referral', WHY);
    expect([opened.status, opened.path]).toEqual([200, `/referrals/${reference}${part}`]);
    for (const other of PARTS)
      expect((await auditor.open(`/referrals/${reference}${other}`)).heading).not.toContain('Open');
  });

  it('is asked again after an hour, for another referral, and where they are another auditor', async () => {
    await auditor.open(`/referrals/${reference}`);
    await auditor.press('Open the referral', WHY);
    expect((await auditor.open(`/referrals/${reference}`)).heading).toContain('Elodie');
    const other = await hub.submit(aPoorAttender());
    expect((await auditor.open(`/referrals/${other}`)).heading).toBe(`Open ${other} for an audit`);
    const colleague = await console.visitedBy(await hub.another('auditor'), `/referrals/${reference}`);
    expect(colleague.page.heading).toBe(`Open ${reference} for an audit`);
    await hub.moveBy({ hours: 1 });
    expect((await auditor.open(`/referrals/${reference}`)).heading).toBe(`Open ${reference} for an audit`);
  });

  it.each(['', '   ', '\u200b', 'x'.repeat(1_001)])(
    'is told what is wrong with a reason that is none: %j',
    async (why) => {
      await auditor.open(`/referrals/${reference}/timeline`);
      const page = await auditor.press('Open the referral', { 'Why do you open it?': why });
      expect([page.status, page.errors().length]).toEqual([422, 1]);
      expect((await auditor.press('Open the referral', WHY)).path).toBe(`/referrals/${reference}/timeline`);
    },
  );

  it('leads to no other page than those of the referral, whatever the form says', async () => {
    for (const page of ['https://evil.example', '/../../queue', '..', 'decision', 'x'.repeat(5_000)]) {
      await auditor.open(`/referrals/${reference}/audit?page=${encodeURIComponent(page)}`);
      expect((await auditor.press('Open the referral', WHY)).path).toBe(`/referrals/${reference}`);
    }
  });

  it('says it once where the form is sent twice', async () => {
    const page = await auditor.open(`/referrals/${reference}`);
    await auditor.press('Open the referral', WHY, page);
    await auditor.press('Open the referral', WHY, page);
    const { openings } = await hub.read(reference);
    expect(openings.filter(({ reason }) => reason === 'Sampled for October')).toHaveLength(1);
  });

  it('is seen by the staff on the access log, with the reason', async () => {
    await auditor.open(`/referrals/${reference}`);
    await auditor.press('Open the referral', { 'Why do you open it?': 'Sampled <b>twice</b>' });
    const { page } = await console.visitedBy(hub.screener, `/referrals/${reference}/access`);
    expect(
      page
        .rowsOf('Who opened this record, the latest first')
        .slice(1)
        .map((row) => row.slice(1)),
    ).toEqual([
      ['Ada Auditor', 'Opened the referral'],
      ['Ada Auditor', 'Said why they open it, for an audit Sampled <b>twice</b>'],
    ]);
  });

  it('finds nothing where there is no referral', async () => {
    for (const path of ['/referrals/MASH-0000-0000', '/referrals/MASH-0000-0000/audit', '/referrals/x/audit']) {
      expect((await auditor.open(path)).status).toBe(404);
    }
  });

  it('is alone in being asked', async () => {
    for (const person of [hub.screener, hub.manager]) {
      const visitor = await console.visitedBy(person, `/referrals/${reference}`);
      expect(visitor.page.heading).toContain('Elodie');
      expect((await visitor.get(`/referrals/${reference}/audit`)).status).toBe(404);
    }
  });
});

describe('an auditor changes nothing', () => {
  const routes = postRoutesOf(
    PAGES.flatMap((page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[]),
  );
  /** What is their own: how they work, that they are there, that they leave, why they open a referral, and a copy of figures. */
  const THEIR_OWN = [
    '/drafts/:kind/:subject',
    '/oversight/evidence',
    '/content-reports',
    '/preferences',
    '/preferences/sign-out',
    '/preferences/sign-out-elsewhere',
    '/referrals/:reference/audit',
    '/sign-out',
    '/stay',
    '/timed-out',
  ];

  it('and every form that is not their own does not exist for them', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.openForAudit(reference, 'Sampled for October', hub.auditor);
    const auditor = await console.visitedBy(hub.auditor, '/preferences');
    const csrf = auditor.page.sendingBy('Save').pairs.find(([name]) => name === '_csrf')!;
    const id = '01900000-0000-7000-8000-000000000001';
    const answers: [string, number][] = [];
    for (const { path } of routes.filter((route) => !THEIR_OWN.includes(route.path))) {
      const address = path.replace(':reference', reference).replace(':subject', reference).replaceAll(/:\w+/g, id);
      answers.push([path, (await auditor.send('POST', address, [csrf, ['_form', id]])).status]);
    }
    expect(answers.length).toBeGreaterThan(25);
    expect(answers.filter(([, status]) => status !== 404)).toEqual([]);
    expect(routes.map(({ path }) => path)).toEqual(expect.arrayContaining(THEIR_OWN));
  });

  it.each([
    ['waits and is not held', async () => hub.submit(aBruisedBaby())],
    [
      'is held',
      async () => {
        const reference = await hub.submit(aBruisedBaby());
        await hub.claims(hub.screener, reference);
        return reference;
      },
    ],
    [
      'waits for sign-off',
      async () => {
        const reference = await hub.submit(aBruisedBaby());
        await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
        return reference;
      },
    ],
    [
      'is decided',
      async () => {
        const reference = await hub.submit(aPoorAttender());
        await hub.decides(hub.socialWorker, reference);
        return reference;
      },
    ],
  ] as const)('and sees no button on the pages of a referral that %s', async (_, made) => {
    const reference = await made();
    const version = await hub.versionOf(reference);
    await hub.openForAudit(reference, 'Sampled for October', hub.auditor);
    const auditor = await console.visitedBy(hub.auditor, '/preferences');
    for (const part of PARTS) {
      const page = await auditor.open(`/referrals/${reference}${part}`);
      expect(page.status).toBe(200);
      expect(page.buttons().filter((words) => !['Menu', 'Sign out', 'Stay signed in'].includes(words))).toEqual([]);
      expect(page.attributes('action').toSorted()).toEqual(['/sign-out', '/timed-out']);
      // No link to a page that does not exist for them.
      const links = page.attributes('href').filter((href) => href.startsWith('/') && !href.startsWith('/assets'));
      for (const link of new Set(links)) expect([link, (await auditor.open(link)).status]).toEqual([link, 200]);
    }
    expect(await hub.versionOf(reference)).toBe(version);
  });

  it('stays signed in as long as they say that they are there', async () => {
    const auditor = await console.visitedBy(hub.auditor, '/preferences');
    const csrf = auditor.page.sendingBy('Save').pairs.find(([name]) => name === '_csrf')!;
    expect((await auditor.send('POST', '/stay', [csrf])).status).toBe(204);
  });

  it('hears no alerts: their pages do not ask for any', async () => {
    const auditor = await console.visitedBy(hub.auditor, '/oversight/record');
    expect(auditor.page.attributes('data-live')).toEqual([]);
    expect((await console.visitedBy(hub.screener)).page.attributes('data-live')).toHaveLength(1);
  });
});
