/** A person of each role. */
export const ROLES = ['Mel Manager', 'Sol Worker', 'Sam Screener'] as const;

/** What only some may open. */
const OF_SOME = (reference: string) => ({
  'Mel Manager': ['/workload', `/referrals/${reference}/decision`],
  'Sol Worker': [`/referrals/${reference}/decision`],
  'Sam Screener': [],
});

const OF_ALL = (reference: string) => [
  '/', '/queue', '/queue?view=mine', '/queue?view=sign-off', '/queue?view=decided', '/queue?view=unclaimed&rating=green', '/shift',
  `/referrals/${reference}`, `/referrals/${reference}/timeline`, `/referrals/${reference}/decisions`,
  `/referrals/${reference}/access`, `/referrals/${reference}/alerts`, `/referrals/${reference}/print`,
  `/referrals/${reference}/rating`, `/referrals/${reference}/give-back`, `/referrals/${reference}/skip`,
  '/telephone', '/telephone/01900000-0000-7000-8000-000000000001', '/consultations', '/consultations/new', '/search',
  '/preferences', '/help', '/accessibility', '/privacy', '/handover', '/rota', '/policy', '/service', '/alerts',
]; // prettier-ignore

/** The addresses of every page that a person may open. @param reference of a referral that is not held */
export function pagesOf(name: (typeof ROLES)[number], reference: string): readonly string[] {
  return [...OF_ALL(reference), ...OF_SOME(reference)[name]];
}
