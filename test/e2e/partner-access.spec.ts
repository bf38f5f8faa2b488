import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { PAGES } from '../../apps/console/src/console.module.ts';
import { pagePathsOf, postRoutesOf } from '../../apps/console/src/shell/forms/post-routes.ts';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { ownPages, pagesOf, ROLES } from '../support/pages-of-the-console.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { draftsOfPerson } from '../support/verbs/by-form.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';

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

/** A word of the referrals that are not this agency's. */
const SECRET = 'marmaladecat';
const CONTROLLERS = PAGES.flatMap((page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[]);
/** What a partner may open or send, and what needs no person. */
const OPEN = [
  /^\/$/, /^\/own-referrals/, /^\/requests/, /^\/drafts\//, /^\/(help|accessibility|privacy|council-logo)$/,
  /^\/(sign-in|sign-out|signed-out|timed-out|stay|content-reports)/, /^\/preferences\/sign-out/,
]; // prettier-ignore
const isOpen = (path: string) => OPEN.some((pattern) => pattern.test(path));
/** Where they are signed in; the preferences, which that page has for the desk, they cannot save. */
const isOpenPage = (path: string) => isOpen(path) || path === '/preferences';

async function aHubAtWork() {
  const school = await hub.anAgency('Hillbrook Primary');
  const others = await hub.submit(aRoutineAmber({ summary: `The ${SECRET} was seen at the school.` }));
  const own = await hub.submit(aRoutineAmber(), school.agencyId);
  await hub.decides(hub.socialWorker, others);
  return { ...school, others, own };
}

describe('a person of an agency', () => {
  it('is answered 404 on every page and every form of the hub, of their own referral and of others', async () => {
    const { partner, others, own } = await aHubAtWork();
    const visitor = await console.visitedBy(partner, '/own-referrals');
    const filled = (path: string, reference: string) =>
      path
        .replace(':reference', reference)
        .replaceAll(/:(child|position)/g, '1')
        .replaceAll(/:\w+/g, randomUUID());
    const [gets, posts] = [pagePathsOf(CONTROLLERS), postRoutesOf(CONTROLLERS).map(({ path }) => path)];
    const closed = { GET: gets.filter((path) => !isOpenPage(path)), POST: posts.filter((path) => !isOpen(path)) };
    expect([closed.GET.length, closed.POST.length].every((count) => count > 60)).toBe(true);
    const { pairs } = visitor.page.sendingBy('Sign out');
    const let_through: string[] = [];
    for (const reference of [own, others]) {
      for (const path of closed.GET) {
        const { status, html } = await visitor.get(filled(path, reference));
        if (status !== 404 || html.includes(SECRET)) let_through.push(`GET ${path} ${status}`);
      }
      for (const path of closed.POST) {
        const { status, html } = await visitor.send('POST', filled(path, reference), pairs);
        if (status !== 404 || html.includes(SECRET)) let_through.push(`POST ${path} ${status}`);
      }
    }
    expect(let_through).toEqual([]);
    const kinds = (await refusalsOnRecord(hub.database)).map(({ act }) => act);
    expect(new Set(kinds)).toEqual(new Set(['access.refused']));
  }, 120_000);

  it('finds none of the pages of the people of the hub', async () => {
    const { partner, own } = await aHubAtWork();
    const visitor = await console.visitedBy(partner, '/own-referrals');
    const theirs = new Set(ROLES.flatMap((role) => pagesOf(role, own)));
    const opened: string[] = [];
    for (const path of theirs) if (!isOpenPage(path) && (await visitor.get(path)).status !== 404) opened.push(path);
    expect(opened).toEqual([]);
  });

  it('opens each page of their own', async () => {
    const { partner, own } = await aHubAtWork();
    const visitor = await console.visitedBy(partner, '/own-referrals');
    for (const path of ownPages(own)) expect([path, (await visitor.open(path)).status]).toEqual([path, 200]);
  });

  it('saves no draft of a form of the hub', async () => {
    const { partner, own } = await aHubAtWork();
    const visitor = await console.visitedBy(partner, '/own-referrals');
    const { pairs } = visitor.page.sendingBy('Sign out');
    for (const at of [`referral/${randomUUID()}`, `consultation/${randomUUID()}`, `decision/${own}`, `rating/${own}`]) {
      const { status } = await visitor.send('POST', `/drafts/${at}`, [...pairs, ['words', 'x']]);
      expect([at, status]).toEqual([at, 404]);
    }
    expect(await draftsOfPerson(hub.database, partner.id)).toEqual([]);
  });
});

it('no person of the hub opens a page of an agency, or sends its form', async () => {
  const { own } = await aHubAtWork();
  const people = [hub.screener, hub.socialWorker, hub.manager, hub.auditor, await hub.another('administrator')];
  for (const person of people) {
    const visitor = await console.visitedBy(person, '/help');
    const pages = ownPages(own).filter((path) => path.startsWith('/own-referrals'));
    for (const path of pages) expect([path, (await visitor.get(path)).status]).toEqual([path, 404]);
    const { pairs } = visitor.page.sendingBy('Sign out');
    const sent = await visitor.send('POST', `/own-referrals/forms/${randomUUID()}`, pairs);
    expect(sent.status).toBe(404);
  }
});

describe('the wall of the database', () => {
  it('shows a transaction of a person of an agency the referrals of that agency alone, and no draft of another', async () => {
    const { partner, own, others } = await aHubAtWork();
    const visitor = await console.visitedBy(partner, `/own-referrals/forms/${randomUUID()}`);
    await visitor.press('Keep it and finish later', { 'First name': 'Tobias' });
    const worker = await console.visitedBy(hub.screener, `/telephone/${randomUUID()}`);
    await worker.press('Keep it and finish later', { 'First name': 'Una' });
    const { partner: police } = await hub.anAgency('Loomgate Police');
    const seen = (by: typeof partner) =>
      hub.database.as(by).transaction(async (tx) => ({
        role: (await tx.row<{ role: string }>(sql`SELECT current_setting('role') AS role`))!.role,
        references: (await tx.rows<{ reference: string }>(sql`SELECT reference FROM referral`)).map(
          (one) => one.reference,
        ),
        children: (await tx.rows(sql`SELECT 1 FROM referral_child`)).length,
        drafts: (await tx.rows(sql`SELECT 1 FROM draft`)).length,
        othersWords: (await tx.row<{ is: boolean }>(sql`
          SELECT mash.submitted(id) IS NOT NULL AS is FROM referral WHERE reference = ${others}`)) ?? { is: false },
      }));
    expect(await seen(partner)).toEqual({
      ...{ role: 'mash_agency', references: [own], children: 1, drafts: 1, othersWords: { is: false } },
    });
    expect(await seen(police)).toMatchObject({ references: [], children: 0, drafts: 0 });
    const all = await hub.database.as(SERVICE).rows(sql`SELECT 1 FROM draft`);
    expect(all).toHaveLength(2);
  });
});

describe('an administrator', () => {
  const admin = async (agencyId: string) =>
    console.visitedBy(await hub.another('administrator'), `/administration/agencies/${agencyId}`);

  it('adds a person on the page of an agency, who refers, and sees that the agency uses the form', async () => {
    const { agencyId } = await hub.anAgency('Hillbrook Primary');
    const visitor = await admin(agencyId);
    expect(visitor.page.text).toContain('The form has not been used yet.');
    const empty = await visitor.press('Add the person');
    expect(empty.errors()).toEqual([
      'Enter the name of the person',
      'Enter what your identity provider calls the person',
      'Enter an e-mail address, such as name@example.org',
    ]);
    const subject = randomUUID();
    const added = await visitor.press('Add the person', {
      ...{ Name: 'Noor Haddad', 'E-mail': 'noor@hillbrook.example.org' },
      'What your identity provider calls the person': subject,
    });
    expect(added.notices()).toEqual(['Noor Haddad may sign in and refer for Hillbrook Primary.']);
    expect(added.links()).toEqual(expect.arrayContaining(['Noor Haddad']));
    const again = await visitor.press('Add the person', {
      ...{ Name: 'Noor Haddad', 'E-mail': 'noor@hillbrook.example.org' },
      'What your identity provider calls the person': subject,
    });
    expect(again.status).toBe(409);

    const noor = await console.visitedBy({ subject }, `/own-referrals/forms/${randomUUID()}`);
    await noor.press('Send it to the hub', {
      ...{
        'Is a child in danger now?': 'No',
        'Role of the referrer': 'Teacher',
        'First name': 'Tobias',
        Neglect: true,
      },
      ...{ 'What has happened?': 'He is out on the street until midnight.', 'How do you know?': 'First-hand' },
      ...{ 'Do the parents know of this referral?': 'Yes', 'Has the family agreed?': 'Given' },
    });
    expect(noor.page.path).toMatch(/^\/own-referrals\/MASH-/);
    const list = await visitor.open('/administration/agencies');
    const [row] = list.rowsOf('Agencies').filter(([name]) => name === 'Hillbrook Primary');
    expect(row).toEqual(expect.arrayContaining(['2', '10am today']));
    expect(list.html).not.toContain('Tobias');
  });

  it('suspends an agency: its people are signed out at the next request, its programs refused, and both let in again', async () => {
    const api = await RunningApi.start(hub.url);
    try {
      const { agencyId, partner, token } = await hub.anAgency('Hillbrook Primary');
      const teacher = await console.visitedBy(partner, `/own-referrals/forms/${randomUUID()}`);
      const form = teacher.page;
      const asks = () => api.get('/api/v1/referrals', token);
      expect((await asks()).status).toBe(200);
      const visitor = await admin(agencyId);
      await visitor.click('Suspend this agency');
      const suspended = await visitor.press('Suspend the agency');
      expect(suspended.text).toContain('Suspended since 10am today');
      expect((await teacher.get('/own-referrals')).status).toBe(303);
      const sent = await teacher.press('Send it to the hub', { 'First name': 'Tobias' }, form);
      expect([sent.status, sent.heading]).toEqual([403, 'You are signed out']);
      expect((await asks()).status).toBe(401);
      const back = await console.visitedBy(partner, '/own-referrals');
      expect(back.page.heading).toBe('You could not be signed in');
      const tried = console.visitor();
      await tried.signInAs(partner, '/own-referrals');
      expect(tried.page.text).toContain('Your agency cannot use this service at the moment.');
      expect((await visitor.open('/administration/agencies')).text).toContain('Hillbrook Primary Suspended');
      await visitor.open(`/administration/agencies/${agencyId}`);
      await visitor.press('Let the agency in again');
      expect((await console.visitedBy(partner, '/own-referrals')).page.heading).toBe('Referrals of Hillbrook Primary');
      expect((await asks()).status).toBe(200);
    } finally {
      await api.stop();
    }
  });

  it('records that a person has left: signed out at the next request, and what they typed of a child is gone', async () => {
    const { agencyId, partner } = await hub.anAgency('Hillbrook Primary');
    const teacher = await console.visitedBy(partner, `/own-referrals/forms/${randomUUID()}`);
    await teacher.press('Keep it and finish later', { 'First name': 'Tobias' });
    const visitor = await admin(agencyId);
    await visitor.click(partner.name);
    await visitor.click('Record that they have left');
    await visitor.press('They have left');
    expect((await teacher.get('/own-referrals')).status).toBe(303);
    expect(await draftsOfPerson(hub.database, partner.id)).toEqual([]);
    const page = await visitor.open(`/administration/agencies/${agencyId}`);
    expect(page.rowsOf('People of Hillbrook Primary')[0]).toEqual(expect.arrayContaining(['Has left']));
  });
});
