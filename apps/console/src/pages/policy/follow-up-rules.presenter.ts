import {
  OTHER_ROUTES,
  PLAIN_FOLLOW_UPS,
  RATINGS,
  type FollowUpChange,
  type FollowUpRules,
  type PlainFollowUp,
} from '#domain';
import { spanInWords } from '../../shell/words/policy-words.ts';
import { followUpField, informationField, routeField } from './follow-up-rules.form.ts';

const WORDS: Readonly<Record<PlainFollowUp, string>> = {
  late_answer: 'The decider reads an answer that came after the decision',
  strategy_discussion: 'A strategy discussion is held, after the decision',
  conference: 'A child protection conference is held, after the strategy discussion',
  route_answer: 'The team that a family is sent to accepts or returns it',
  first_response: 'A family on the edge of care gets a first response',
  feedback: 'The referrer is told the outcome',
  referral_advised: 'A referral comes that was advised',
  third_contact: 'A manager looks at the third contact of a child in 12 months',
  glass_broken: 'A manager looks at why a restricted record was opened in an emergency',
};

const ROUTE_WORDS: Readonly<Record<(typeof OTHER_ROUTES)[number], string>> = {
  allocated_worker: 'The allocated worker takes a family on, or returns it',
  other_authority: 'Another authority takes a family on, or returns it',
  lado: 'The LADO takes an allegation on, or returns it',
};

/** The times of follow-ups, as the page of the policy says them. */
export function presentFollowUps({ informationDue, followUpDue, routeDue }: FollowUpRules) {
  return [
    ...RATINGS.map((rating) => ({ what: answerOf(rating), within: spanInWords(informationDue[rating]) })),
    ...PLAIN_FOLLOW_UPS.map((kind) => ({ what: WORDS[kind], within: spanInWords(followUpDue[kind]) })),
    ...OTHER_ROUTES.map((kind) => ({ what: ROUTE_WORDS[kind], within: spanInWords(routeDue[kind]) })),
  ];
}

/** The fields of the times of follow-ups, with their words. */
export const FOLLOW_UP_FIELDS: readonly { readonly name: string; readonly label: string }[] = [
  ...RATINGS.map((rating) => ({ name: informationField(rating), label: answerOf(rating) })),
  ...PLAIN_FOLLOW_UPS.map((kind) => ({ name: followUpField(kind), label: WORDS[kind] })),
  ...OTHER_ROUTES.map((kind) => ({ name: routeField(kind), label: ROUTE_WORDS[kind] })),
];

/** How a version changes the times of follow-ups, a sentence each. */
export function presentFollowUpChanges(changes: readonly FollowUpChange[]): readonly string[] {
  return changes.map(({ at, before, then }) => {
    const { label } = FOLLOW_UP_FIELDS.find(({ name }) => name === at)!;
    return `${label}: within ${spanInWords(then)}, before within ${spanInWords(before)}`;
  });
}

function answerOf(rating: string): string {
  return `An agency answers a request for information, ${rating}`;
}
