import type { StaffActor } from '#access';
import type { PreviewedDecision } from '#decisions';
import { PROGRESSION_WORDS } from '#domain';
import type { ReferralPage } from '#referrals';
import type { SummaryListArgs } from '../../shell/govuk/args.ts';
import { summaryList } from '../../shell/govuk/summary-list.ts';
import { changesSince } from '../../shell/referral/changes-since.ts';
import { presentCaseChecks } from '../../shell/referral/case-checks.presenter.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { isRatingConfirmed } from '../../shell/referral/is-rating-confirmed.ts';
import { liveOf } from '../../shell/referral/live-of.ts';
import { presentRelated } from '../../shell/referral/related.presenter.ts';
import { presentWarnings } from '../../shell/referral/warnings.presenter.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { isHeldByAnother } from '../referral/referral-state.ts';
import { progressionOf, type DecisionForm } from './decision.form.ts';
import { answersIn } from './decision.presenter.ts';

/** The answers before they are sent. */
export function presentCheck(
  page: ReferralPage,
  form: DecisionForm,
  preview: PreviewedDecision,
  { by, zone }: { by: StaffActor; zone: string },
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, page.now, zone);
  const { signOffReasons, canBeTakenBack, proposedProgression, isLate } = preview;
  return {
    ...presentReferralOf(page, by),
    countsAs: PROGRESSION_WORDS[progressionOf(form, preview)],
    proposed: PROGRESSION_WORDS[proposedProgression],
    isLateForNoReason: isLate && form.lateReason === '' && form.lateWords === '',
    asOf: when(page.now),
    canBeTakenBack,
    unchecked: presentCaseChecks(page, when).filter(({ isChecked }) => !isChecked),
    answers: answersWithLinks(page.reference, form, preview),
    outcome: codeInWords(form.outcome),
    signOffReasons: signOffReasons.map(codeInWords),
    related: presentRelated(page, when),
  };
}

/** What others did and what this person wrote, side by side. */
export function presentConflict(
  page: ReferralPage,
  form: DecisionForm,
  preview: PreviewedDecision,
  { by, zone }: { by: StaffActor; zone: string },
) {
  const [theirs] = page.decisions.filter(
    ({ at, byId }) => byId !== by.id && at.epochMilliseconds >= Number(form.openedAt),
  );
  return {
    ...presentReferralOf(page, by),
    changes: changesSince(page, form.openedAt, zone),
    theirs: theirs && { ...theirs, outcome: codeInWords(theirs.outcome), at: dayAndTime(theirs.at, page.now, zone) },
    holder: page.holder,
    isHeldByAnother: isHeldByAnother(page, by),
    mayGoOn: page.status === 'awaiting_decision',
    answers: summaryList(answersIn(form, preview)),
  };
}

/** Each answer with a link to where it can be changed. */
function answersWithLinks(reference: string, form: DecisionForm, preview: PreviewedDecision): SummaryListArgs {
  return {
    rows: answersIn(form, preview).map(({ key, value, field }) => ({
      key: { text: key },
      value: { text: value },
      actions: {
        items: [
          {
            href: `/referrals/${reference}/decision#${field}`,
            text: 'Change',
            visuallyHiddenText: key.toLowerCase(),
          },
        ],
      },
    })),
  };
}

function presentReferralOf(page: ReferralPage, by: StaffActor) {
  const { reference } = page;
  return {
    reference,
    ...presentWarnings(page),
    children: childrenInWords(page),
    rating: ratingTag(page.rating, isRatingConfirmed(page)),
    ...liveOf(page, by),
  };
}
