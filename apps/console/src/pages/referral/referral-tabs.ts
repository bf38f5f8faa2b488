/** The pages of a referral. */
export type ReferralTab = 'summary' | 'timeline' | 'alerts' | 'decisions' | 'access' | 'print';

const TABS: readonly (readonly [tab: ReferralTab, text: string])[] = [
  ['summary', 'Summary'],
  ['timeline', 'Timeline'],
  ['alerts', 'Alerts'],
  ['decisions', 'Decisions'],
  ['access', 'Access log'],
  ['print', 'Print sheet'],
];

/** As the sub navigation of the Ministry of Justice takes them. */
export function tabsOf(reference: string, current: ReferralTab) {
  return TABS.map(([tab, text]) => ({
    text,
    href: `/referrals/${reference}${tab === 'summary' ? '' : `/${tab}`}`,
    active: tab === current,
  }));
}
