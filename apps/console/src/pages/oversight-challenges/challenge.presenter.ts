import { may, type StaffActor } from '#access';
import { CHALLENGE_ASPECTS } from '#domain';
import type { ChallengeLine, ChallengePage, ChallengeState } from '#oversight';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { TagArgs } from '../../shell/govuk/args.ts';
import type { FormAboutReferral } from '../../shell/referral/referral-forms.ts';
import { clockInWords, codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

export const CHALLENGE: FormAboutReferral = {
  kind: 'challenge',
  template: 'pages/oversight-challenges/challenge-referral.njk',
  closedBecause: () => null,
  present: (fields: FormFields) => ({
    aspect: fields.radios('aspect', { label: 'What do you question?', isLarge: true }, ASPECTS),
    question: fields.textarea(
      'question',
      {
        label: 'Your question',
        isLarge: true,
        hint: 'What you expected, what you found, and what you want to know. All who work on the referral read it.',
      },
      { rows: 6 },
    ),
  }),
};

const ASPECTS = CHALLENGE_ASPECTS.map((value) => ({ value, text: codeInWords(value) }));

const STATES: Readonly<Record<ChallengeState, TagArgs>> = {
  waiting: { text: 'Waits for an answer', classes: 'govuk-tag--red' },
  answered: { text: 'Answered, not accepted yet', classes: 'govuk-tag--orange' },
  settled: { text: 'Settled', classes: 'govuk-tag--green' },
};

/** A challenge in a list. */
export function presentLine(line: ChallengeLine, now: Temporal.Instant, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return {
    id: line.id,
    reference: line.reference,
    rating: ratingTag(line.rating),
    aspect: codeInWords(line.aspect),
    state: STATES[line.state],
    by: line.by,
    made: when(line.madeAt),
    clock: line.settledAt === null ? clockInWords(line.dueAt, now, zone) : null,
    settled: line.settledAt && when(line.settledAt),
    late: line.settledAt !== null && Temporal.Instant.compare(line.dueAt, line.settledAt) < 0,
  };
}

/** A challenge in full, with its answers. */
export function presentChallenge(challenge: ChallengePage, now: Temporal.Instant, zone: string) {
  const when = (instant: string) => dayAndTime(Temporal.Instant.from(instant), now, zone);
  return {
    ...presentLine(challenge, now, zone),
    question: challenge.question,
    turns: challenge.turns.map(({ answer, by, at, reply }) => ({
      ...{ answer, by, at: when(at) },
      reply: reply && { ...reply, at: when(reply.at) },
    })),
  };
}

/** What this person may do with a challenge now. */
export function actsOn(challenge: ChallengePage, by: StaffActor) {
  const { state, byId, isOrphaned } = challenge;
  return {
    mayAnswer: state === 'waiting' && byId !== by.id && may(by, 'challenge:answer'),
    mayReply: state === 'answered' && may(by, 'challenge:make') && (byId === by.id || isOrphaned),
    isOwnAndWaiting: state === 'waiting' && byId === by.id,
    mayWriteNote: may(by, 'supervision:write'),
  };
}

export function answerFields(fields: FormFields) {
  const words = { label: 'Your answer', isLarge: true, hint: 'The clock runs until the answer is accepted' };
  return { answer: fields.textarea('answer', words, { rows: 6 }) };
}

export function replyFields(fields: FormFields) {
  return {
    result: fields.radios('result', { label: 'Do you accept the answer?', isLarge: true }, [
      { value: 'accepted', text: 'Yes: the challenge is settled' },
      { value: 'returned', text: 'No: return the answer, and the clock runs on' },
    ]),
    words: fields.textarea('words', { label: 'Your words', isLarge: true, hint: 'Needed when you return it' }),
  };
}
