import { STAFF_ROLES, may, type StaffActor, type StaffRole } from '#access';
import { OVERSIGHT_PAGES, oversightLinks } from '../oversight/oversight-pages.ts';
import { homeOf, menuOf } from './menu.ts';

const person = (role: StaffRole): StaffActor => ({ kind: 'staff', id: '', name: '', role });
const textsOf = (role: StaffRole) => {
  const { bar, more } = menuOf(person(role), '/', null);
  return { bar: bar.map(({ text }) => text).join(', '), more: more.map(({ text }) => text).join(', ') };
};
/** Of texts, those of pages that are there: pages of oversight come one by one. */
const thatAreThere = (...texts: readonly string[]) => {
  const oversight = ['Overview', 'Decided', 'Record', 'Definitions', 'Samples'];
  return texts.filter((text) => !oversight.includes(text) || OVERSIGHT_PAGES.some((page) => page.text === text));
};

describe('the navigation', () => {
  const OF_SENIOR_MANAGERS = {
    bar: thatAreThere('Overview', 'Sign-off', 'Queue', 'Team', 'Alerts').join(', '),
    more: 'Your work, Search, Take a call, Sent on, Telling referrers, Values to check, Hand-over, Rota, Policy, System health, Restricted, Record, Evidence, Your figures',
  };
  const OF_PRACTICE_MANAGERS = {
    bar: 'Your work, Sign-off, Queue, Team, Alerts',
    more: 'Overview, Search, Take a call, Sent on, Telling referrers, Values to check, Hand-over, Rota, Policy, System health, Restricted, Record, Evidence, Your figures',
  };
  const OF_WORKERS = {
    bar: 'Your work, Queue, Search, Take a call, Alerts',
    more: 'Sent on, Telling referrers, Values to check, Hand-over, Rota, Policy, System health, Your figures',
  };

  it.each([
    ['screener', OF_WORKERS],
    ['social_worker', OF_WORKERS],
    ['manager', OF_PRACTICE_MANAGERS],
    ['service_manager', OF_SENIOR_MANAGERS],
    ['head_of_service', OF_SENIOR_MANAGERS],
    [
      'auditor',
      {
        bar: thatAreThere('Overview', 'Decided', 'Record', 'Definitions', 'Samples').join(', '),
        more: 'Evidence, Rota, Policy, System health',
      },
    ],
    ['partner', { bar: 'Referrals, Requests', more: '' }],
    ['administrator', { bar: 'Agencies, People, Roles, Council, System health', more: 'Teams and localities' }],
  ] as const)('of a %s has these places and no other', (role, expected) => {
    expect(textsOf(role)).toEqual(expected);
  });

  it.each(STAFF_ROLES)('of a %s has six items at the most, no place twice, and begins with the home', (role) => {
    const { bar, more } = menuOf(person(role), '/', null);
    const hrefs = [...bar, ...more].map(({ href }) => href);
    expect(bar.length).toBeLessThanOrEqual(5);
    expect(new Set(hrefs).size).toBe(hrefs.length);
    expect(hrefs[0]).toBe(homeOf(person(role)));
  });

  it.each([
    ['manager', '/queue', 'Queue', 'page'],
    ['manager', '/queue?view=waiting&sort=due', 'Queue', 'page'],
    ['manager', '/queue?view=sign-off', 'Sign-off', 'page'],
    ['manager', '/queue?sort=due&view=sign-off', 'Sign-off', 'page'],
    ['screener', '/queue?view=sign-off', 'Queue', 'page'],
    ['manager', '/queue/assign', 'Queue', 'true'],
    ['manager', '/rota', 'Rota', 'page'],
    ['manager', '/calendar/change', 'Policy', 'true'],
    ['social_worker', '/consultations/new', 'Take a call', 'true'],
    ['screener', '/search/01900000-0000-7000-8000-000000000001', 'Search', 'true'],
    ['auditor', '/oversight/record?kind=refused', 'Record', 'page'],
    ['manager', '/oversight/record', 'Record', 'page'],
    ['manager', '/queues', null, null],
    ['manager', '/referrals/MASH-7K3F-9QXT', null, null],
    ['manager', '//evil.example/?view=%ff', null, null],
    ['manager', 'http://evil.example/queue', null, null],
    ['manager', '?', null, null],
  ] as const)('of a %s at %s marks %s as %s, and nothing else', (role, address, text, mark) => {
    const { bar, more, isMoreAt } = menuOf(person(role), address, null);
    const marked = [...bar, ...more].filter(({ current }) => current !== null);
    expect(marked.map((link) => [link.text, link.current])).toEqual(text === null ? [] : [[text, mark]]);
    expect(isMoreAt?.text ?? null).toBe(more.find(({ current }) => current !== null)?.text ?? null);
  });

  it('says how many wait, and nothing where none does or none could be counted', () => {
    const badges = (role: StaffRole, waiting: Parameters<typeof menuOf>[2]) =>
      menuOf(person(role), '/', waiting).bar.flatMap(({ text, badge }) =>
        badge === null ? [] : [[text, badge.count]],
      );
    expect(badges('manager', { signOff: 9, alerts: 3, routes: 0, glass: 0 })).toEqual([
      ['Sign-off', '9'],
      ['Alerts', '3'],
    ]);
    expect(menuOf(person('screener'), '/', { signOff: 0, alerts: 0, routes: 2, glass: 0 }).more[0]?.badge?.count).toBe(
      '2',
    );
    expect(badges('screener', { signOff: 9, alerts: 3, routes: 0, glass: 0 })).toEqual([['Alerts', '3']]);
    expect(badges('manager', { signOff: 99, alerts: 100, routes: 0, glass: 0 })).toEqual([
      ['Sign-off', '99'],
      ['Alerts', '99+'],
    ]);
    expect(badges('manager', { signOff: 0, alerts: 0, routes: 0, glass: 0 })).toEqual([]);
    expect(badges('manager', null)).toEqual([]);
    expect(badges('auditor', { signOff: 9, alerts: 3, routes: 0, glass: 0 })).toEqual([]);
  });
});

describe('the links of oversight', () => {
  it('are on pages of oversight alone', () => {
    for (const path of ['/', '/queue', '/oversights', '/x/oversight']) {
      expect(oversightLinks(person('auditor'), path)).toBeNull();
    }
  });

  it('are not there where there is one page alone, which they would lead to', () => {
    const links = oversightLinks(person('auditor'), '/oversight/record');
    const pages = OVERSIGHT_PAGES.filter(({ action }) => may(person('auditor'), action));
    expect(links?.items.map(({ text }) => text) ?? []).toEqual(pages.length > 1 ? pages.map(({ text }) => text) : []);
  });

  it('lead a worker to what is written to them and to their own figures, and nowhere else', () => {
    const links = oversightLinks(person('screener'), '/oversight/own');
    expect(links!.items.map(({ text }) => text)).toEqual(['Supervision', 'Your figures']);
  });
});
