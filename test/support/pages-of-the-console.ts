/** A person of each role. */
export const ROLES = ['Mel Manager', 'Sol Worker', 'Sam Screener', 'Ada Auditor'] as const;

/** Those who work on referrals. */
export const DESK = ['Mel Manager', 'Sol Worker', 'Sam Screener'] as const;

/** What only some may open. */
const OF_SOME = (reference: string) => ({
  'Mel Manager': [
    ...OF_THE_DESK(reference),
    '/workload',
    '/restrictions',
    `/referrals/${reference}/restriction`,
    '/rota/turn',
    '/localities/change',
    '/oversight/team',
    `/referrals/${reference}/decision`,
    `/referrals/${reference}/children/1`,
    '/oversight/challenges',
    '/oversight/supervision/new',
    ...OF_OVERSEERS,
  ],
  'Sol Worker': [...OF_THE_DESK(reference), `/referrals/${reference}/decision`],
  'Sam Screener': OF_THE_DESK(reference),
  'Ada Auditor': [`/referrals/${reference}/audit`, ...OF_OVERSEERS],
});

const OF_ALL = [
  '/preferences',
  '/help',
  '/accessibility',
  '/privacy',
  '/rota',
  '/policy',
  '/localities',
  '/service',
  '/service/work',
];

const OF_OVERSEERS = [
  '/oversight', '/oversight/promptness', '/oversight/flow', '/oversight/decisions', '/oversight/safety', '/oversight/discussions', '/oversight/agencies',
  '/oversight/equity', '/oversight/record', '/oversight/decided', '/oversight/definitions', '/oversight/evidence', '/oversight/samples', '/oversight/baselines', '/oversight/retention',
]; // prettier-ignore

const OF_THE_DESK = (reference: string) => [
  '/your-work', '/queue', '/queue?view=mine', '/queue?view=sign-off', '/queue?view=decided', '/queue?view=unclaimed&rating=green', '/shift',
  `/referrals/${reference}`, `/referrals/${reference}/timeline`, `/referrals/${reference}/decisions`,
  `/referrals/${reference}/access`, `/referrals/${reference}/alerts`, `/referrals/${reference}/print`,
  `/referrals/${reference}/agencies`, `/referrals/${reference}/rating`, `/referrals/${reference}/give-back`, `/referrals/${reference}/skip`, `/referrals/${reference}/note`, `/referrals/${reference}/feedback`, `/referrals/${reference}/discussion`, '/feedback',
  `/referrals/${reference}/case-check`, `/referrals/${reference}/child-views`, `/referrals/${reference}/incident`, `/referrals/${reference}/break-glass`,
  '/telephone', '/telephone/01900000-0000-7000-8000-000000000001', '/consultations', '/consultations/new', '/search',
  '/handover', '/alerts', '/routes', '/flags', '/oversight/supervision', '/oversight/own',
]; // prettier-ignore

/** The addresses of every page that a person may open. @param reference of a referral that is not held */
export function pagesOf(name: (typeof ROLES)[number], reference: string): readonly string[] {
  return [...OF_ALL, ...OF_SOME(reference)[name]];
}

/** The addresses of every page that a person of an agency may open. @param reference of a referral of that agency */
export function ownPages(reference: string): readonly string[] {
  return [
    ...['/own-referrals', '/own-referrals/forms/01900000-0000-7000-8000-000000000002', `/own-referrals/${reference}`],
    ...['/requests', '/preferences', '/help', '/accessibility', '/privacy'],
  ];
}
