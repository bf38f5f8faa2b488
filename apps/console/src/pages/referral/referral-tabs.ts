import type { SubNavigationArgs } from '../../shell/govuk/args.ts';

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

/** The links between the pages of a referral. */
export function tabsOf(reference: string, current: ReferralTab): SubNavigationArgs {
  const items = TABS.map(([tab, text]) => ({
    text,
    href: addressOf(reference, tab),
    active: tab === current,
  }));
  return { label: 'Parts of this referral', items };
}

/** The address of a page of a referral. @param part the end of the address; the summary where it is none of the pages */
export function pageOfReferral(reference: string, part: string): string {
  const [tab = 'summary'] = TABS.find(([one]) => one === part) ?? [];
  return addressOf(reference, tab);
}

function addressOf(reference: string, tab: ReferralTab): string {
  return `/referrals/${reference}${tab === 'summary' ? '' : `/${tab}`}`;
}
