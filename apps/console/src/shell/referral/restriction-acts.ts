import { allOf, countOf, text, type Words } from './act-details.ts';

/** How a manager changed who may open a restricted record. */
const ACCESS_WORDS: Readonly<Record<string, string>> = {
  task: 'let a person in for 2 weeks',
  involved: 'let a person in for 6 months',
  out: 'a person may not open it any more',
  barred: 'a person must never open it',
};

/** Acts on restricted records. */
export const RESTRICTION_ACTS = {
  'restriction.set': [
    'Restricted who may open it',
    (details) => countOf({ people: allOf(details, 'people').length }, 'people', 'person let in', 'people let in'),
  ],
  'restriction.kept': ['Looked at the restriction, and kept it'],
  'restriction.ended': ['Ended the restriction'],
  'restriction.access-changed': ['Changed who may open it', (details) => ACCESS_WORDS[text(details, 'access')] ?? ''],
  'restrictions.read': ['Looked at the restricted records'],
  'glass.broken': ['Opened the restricted record in an emergency'],
  'glass.reviewed': [
    'Looked at why it was opened in an emergency',
    (details) => (text(details, 'finding') === 'was_needed' ? 'it was needed' : 'it was not needed'),
  ],
} as const satisfies Readonly<Record<string, Words>>;
