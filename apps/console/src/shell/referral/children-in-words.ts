import { submittedName, type ReferralPage } from '#referrals';

/** The first child's name, and how many others there are: `Zoë Adams and 1 other child`. */
export function childrenInWords({ children }: Pick<ReferralPage, 'children'>): string {
  const [first, ...others] = children;
  const name = submittedName(first ?? {}) || 'A child whose name is not known';
  if (others.length === 0) return name;
  return `${name} and ${others.length} other ${others.length === 1 ? 'child' : 'children'}`;
}
