import type { FeedbackActKind, WhyByPerson } from '#domain';
import type { DoneAboutFeedback, FeedbackLine, FeedbackOfReferral } from '#feedback';
import type { TagArgs } from '../govuk/args.ts';
import { summaryList } from '../govuk/summary-list.ts';

/** Why a person has to tell the referrer. */
const WHY_WORDS: Readonly<Record<WhyByPerson, string>> = {
  agency_setting: 'their agency asks to be told by a person',
  no_address: 'they gave no e-mail address',
  address_failed: 'their e-mail address does not work',
};

const ACT_WORDS: Readonly<Record<FeedbackActKind, string>> = {
  sent: 'The e-mail was sent',
  address_failed: 'The e-mail address does not work',
  by_telephone: 'Told by telephone',
  in_person: 'Told in person',
  in_writing: 'Told in writing',
  tried: 'Tried in vain',
  leave_given: 'A manager allowed it',
  leave_refused: 'A manager refused it',
  not_told: 'A manager said why they are not told',
};

type When = (instant: Temporal.Instant) => string;

/** How the answer to a referrer stands, with a tag and a sentence. */
export function feedbackState(one: Pick<FeedbackLine, 'state' | 'way' | 'whyByPerson'>): {
  readonly tag: TagArgs;
  readonly sentence: string;
} {
  switch (one.state) {
    case 'awaiting_leave':
      return {
        tag: { text: 'Waits for leave', classes: 'govuk-tag--yellow' },
        sentence: 'The referrer is a person of the public: a manager says whether they may be told',
      };
    case 'told':
      return { tag: { text: 'Told', classes: 'govuk-tag--green' }, sentence: 'The referrer has been told' };
    case 'not_told':
      return {
        tag: { text: 'Will not be told', classes: 'govuk-tag--grey' },
        sentence: 'A manager said why the referrer is not told',
      };
    case 'not_owed':
      return {
        tag: { text: 'Nothing owed', classes: 'govuk-tag--grey' },
        sentence: 'The referrer is anonymous: there is no person to tell',
      };
    case 'owed':
    case 'withdrawn':
      return {
        tag: { text: 'Not told yet', classes: 'govuk-tag--blue' },
        sentence:
          one.whyByPerson === null
            ? 'An e-mail goes to the referrer when the decision cannot be taken back any more'
            : `A person of the hub tells the referrer, because ${WHY_WORDS[one.whyByPerson]}`,
      };
  }
}

/** Whether the referrer was told, or waits, after the time that the policy gives. */
export function isFeedbackLate(
  { state, dueAt, settledAt }: Pick<FeedbackLine, 'state' | 'dueAt' | 'settledAt'>,
  now: Temporal.Instant,
): boolean {
  if (dueAt === null || state === 'not_told') return false;
  return Temporal.Instant.compare(settledAt ?? now, dueAt) > 0;
}

/** What was done, such as `Told by telephone by Sam Okafor`. */
export function presentFeedbackAct({ kind, words, by, at }: DoneAboutFeedback, when: When) {
  return { what: ACT_WORDS[kind], by, words, at: when(at) };
}

/** The answer to the referrer of a decision, for its page, its form and its sheet. */
export function presentFeedback(one: FeedbackOfReferral, now: Temporal.Instant, when: When) {
  const { words, acts, dueAt, settledAt } = one;
  return {
    ...feedbackState(one),
    isLate: isFeedbackLate(one, now),
    due: dueAt !== null && settledAt === null ? when(dueAt) : null,
    acts: acts.map((act) => presentFeedbackAct(act, when)),
    words:
      one.state === 'not_owed'
        ? null
        : summaryList([
            { key: 'What was decided', value: words.decided },
            { key: 'Why', value: words.reason },
            { key: 'What we ask of them', value: words.asked },
            { key: 'How to add information', value: words.toAddInformation },
            { key: 'How to challenge', value: words.toChallenge },
          ]),
  };
}
