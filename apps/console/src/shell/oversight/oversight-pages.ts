import { may, type Action, type StaffActor } from '#access';
import type { SubNavigationArgs } from '../govuk/args.ts';

/** A page of oversight. */
export interface OversightPage {
  readonly href: string;
  readonly text: string;
  readonly action: Action;
}

/** The pages of oversight in the order of their links. Each page that is there has its line, and no other has one. */
export const OVERSIGHT_PAGES: readonly OversightPage[] = [
  { href: '/oversight', text: 'Overview', action: 'oversight:read' },
  { href: '/oversight/promptness', text: 'Promptness', action: 'oversight:read' },
  { href: '/oversight/flow', text: 'Flow', action: 'oversight:read' },
  { href: '/oversight/decisions', text: 'Decisions', action: 'oversight:read' },
  { href: '/oversight/safety', text: 'Safety', action: 'oversight:read' },
  { href: '/oversight/discussions', text: 'Discussions', action: 'oversight:read' },
  { href: '/oversight/agencies', text: 'Agencies', action: 'oversight:read' },
  { href: '/oversight/equity', text: 'Equity', action: 'oversight:read' },
  { href: '/oversight/decided', text: 'Decided', action: 'oversight:read' },
  { href: '/oversight/challenges', text: 'Challenges', action: 'challenge:answer' },
  { href: '/oversight/samples', text: 'Samples', action: 'sample:read' },
  { href: '/oversight/supervision', text: 'Supervision', action: 'supervision:read' },
  { href: '/oversight/team', text: 'Team figures', action: 'workload:read' },
  { href: '/oversight/own', text: 'Your figures', action: 'own-figures:read' },
  { href: '/oversight/record', text: 'Record', action: 'record:read' },
  { href: '/oversight/evidence', text: 'Evidence', action: 'evidence:make' },
  { href: '/oversight/retention', text: 'Retention', action: 'retention:read' },
  { href: '/oversight/definitions', text: 'Definitions', action: 'oversight:read' },
];

/** The links between the pages of oversight that a person may open; null on other pages, and where there is one alone. */
export function oversightLinks(by: StaffActor, path: string): SubNavigationArgs | null {
  if (!/^\/oversight(\/|$)/.test(path)) return null;
  const items = OVERSIGHT_PAGES.filter(({ action }) => may(by, action)).map(({ href, text }) => ({
    href,
    text,
    // A page below another, such as the rows of a figure, belongs to it. Overview is above them all, and is itself alone.
    active: path === href || (href !== '/oversight' && path.startsWith(`${href}/`)),
  }));
  return items.length > 1 ? { label: 'Pages of oversight', items } : null;
}
