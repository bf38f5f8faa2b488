import type { Progression } from './progressions.ts';

/** The census's codes of a child's primary need, in its order: of two that fit, the one higher in the list is chosen. */
export const PRIMARY_NEEDS = ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N0'] as const;
/** One code of {@link PRIMARY_NEEDS}. */
export type PrimaryNeed = (typeof PRIMARY_NEEDS)[number];

export const PRIMARY_NEED_WORDS: Readonly<Record<PrimaryNeed, string>> = {
  N1: 'Abuse, neglect or exploitation, domestic abuse included',
  N2: 'The child’s disability or illness',
  N3: 'A parent’s disability or illness, addictions included',
  N4: 'Family in acute stress',
  N5: 'Family dysfunction',
  N6: 'Socially unacceptable behaviour',
  N7: 'Low income',
  N8: 'Absent parenting',
  N9: 'Not a child in need, such as support after adoption',
  N0: 'Not stated',
};

/** Whether a decision has to name the primary need: the census asks for it of a referral, and of no contact. */
export function needsPrimaryNeed(progression: Progression): boolean {
  return progression !== 'contact_only';
}
