import { ALERT_GROUPS, CHANNELS, RATINGS, type TriagePolicy } from '#domain';
import type { Typed } from '#work';
import { CHANNEL_WORDS, spanInWords, stepInWords } from '../../shell/words/policy-words.ts';
import { codeInWords, ratingTag } from '../../shell/words/words.ts';
import { fieldOf, fromFields, rowsOf, toFields } from './policy.form.ts';
import type { FormOfVersion } from './version-forms.ts';

export const POLICY: FormOfVersion<TriagePolicy> = {
  template: 'pages/policy/policy-change.njk',
  readAt: '/policy',
  toFields,
  fromFields,
  fieldOf,
  asVersion: (policy) => ({ kind: 'policy', policy }),
  present: presentChoices,
};

export function presentRatings(policy: TriagePolicy) {
  return RATINGS.map((rating) => {
    const { decisionDue, claimDue, acknowledgementPauses, escalation } = policy.ratings[rating];
    return {
      tag: ratingTag(rating),
      decisionDue: spanInWords(decisionDue),
      claimDue: claimDue === null ? 'no limit' : spanInWords(claimDue),
      pause: spanInWords(acknowledgementPauses),
      steps: escalation.map((step) => stepInWords(step, rating)),
    };
  });
}

function presentChoices(fields: Typed) {
  return {
    ratings: RATINGS.map((rating) => ({
      code: rating,
      name: codeInWords(rating),
      rows: Array.from({ length: rowsOf(fields, rating) }, (_, row) => `${rating}.${row}`),
    })),
    groups: ALERT_GROUPS.map((code) => ({ code, name: codeInWords(code) })),
    channels: CHANNELS.map((code) => ({ code, name: CHANNEL_WORDS[code] })),
  };
}
