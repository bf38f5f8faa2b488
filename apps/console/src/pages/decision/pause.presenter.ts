import type { PreviewedDecision } from '#decisions';
import { isUnderOne, urgency, type ChildDecision, type SignOffReason } from '#domain';
import { submittedName, type EarlierOfChildren, type GivenRating, type ReferralPage } from '#referrals';
import { ageInWords } from '../../shell/words/age.ts';
import { presentRelated } from '../../shell/referral/related.presenter.ts';
import { codeInWords, dayAndTime, dayInWords, STATUSES } from '../../shell/words/words.ts';
import { childrenIn } from './each-child.form.ts';
import { levelOf, type DecisionForm } from './decision.form.ts';
import { LEVELS } from './decision.presenter.ts';

/** Something in this referral, in words; where it is in another referral, that one's reference and what is said of it. */
interface Fact {
  readonly text: string;
  readonly reference?: string;
  readonly after?: string;
}

interface Case {
  readonly page: ReferralPage;
  readonly form: DecisionForm;
  readonly earlier: readonly EarlierOfChildren[];
  readonly pauseFor: readonly SignOffReason[];
  readonly zone: string;
}

/** Why the decider stops: first what it is in this referral, then the rule. */
export function presentPause(
  page: ReferralPage,
  form: DecisionForm,
  { pauseFor }: PreviewedDecision,
  earlier: readonly EarlierOfChildren[],
  zone: string,
) {
  const facts = { page, form, earlier, pauseFor, zone };
  const stopsFor = pauseFor.map((reason) => ({ facts: FACTS[reason](facts), rule: codeInWords(reason) }));
  const named = stopsFor.flatMap((stop) => stop.facts.map(({ reference }) => reference));
  const { groups, isLooking } = presentRelated(page, (instant) => when(instant, facts));
  const others = groups.map(({ title, lines }) => ({
    title,
    lines: lines.filter(({ reference }) => !named.includes(reference)),
  }));
  return { stopsFor, related: { isLooking, groups: others.filter(({ lines }) => lines.length > 0) } };
}

const FACTS: Readonly<Record<SignOffReason, (facts: Case) => readonly Fact[]>> = {
  no_further_action: (facts) => [{ text: `You chose no further action for ${childrenWithoutAction(facts)}` }],
  red_ends_at_early_help_or_less: (facts) => [{ text: whyRed(facts) }, chosen(facts)],
  danger_ends_at_early_help_or_less: (facts) => [
    { text: `The sender, ${facts.page.agency}, says that a child is in danger now: ${everyChild(facts.page)}` },
    chosen(facts),
  ],
  rating_lowered: (facts) => lowerings(facts.page).map((one) => ({ text: loweredInWords(one, facts) })),
  refusal_overridden: (facts) => [
    { text: `${facts.page.agency} wrote that the family refuses to work with services` },
    chosen(facts),
  ],
  level_4_without_strategy_discussion: (facts) => [chosen(facts)],
  re_referral_within_12_months: (facts) => earlierOnes(facts),
  third_contact_within_12_months: (facts) => [
    {
      text: `With this one, there are ${new Set(facts.earlier.map(({ incident }) => incident)).size + 1} referrals in twelve months`,
    },
    // The reason before this one has named them already, where it applies.
    ...(facts.pauseFor.includes('re_referral_within_12_months') ? [] : earlierOnes(facts)),
  ],
  child_under_one_or_unborn: ({ page, zone }) => {
    const receivedOn = page.receivedAt.toZonedDateTimeISO(zone).toPlainDate();
    return page.children
      .filter((child) => isUnderOne(child, receivedOn))
      .map((child) => ({ text: `${named(child)} ${youthOf(child, receivedOn)}` }));
  },
};

function chosen({ form }: Case): Fact {
  return { text: `You chose “${codeInWords(form.outcome)}” and “${LEVELS[levelOf(form)]}”` };
}

function whyRed(facts: Case): string {
  const { rating, ratings } = facts.page;
  if (rating !== 'red')
    return loweredInWords(
      lowerings(facts.page).findLast(({ previous }) => previous === 'red')!,
      facts,
    );
  const { by, reason, at, matched } = ratings.findLast((one) => one.rating === 'red')!;
  if (by !== null) return `${by} rated it red, ${when(at, facts)}: ${reason}`;
  const because = (matched ?? []).filter((rule) => rule.rating === 'red').map((rule) => rule.because);
  return `It is rated red: ${because.join('; ')}`;
}

/** Every step of a person to a rating that is less urgent. */
function lowerings({ ratings }: ReferralPage): readonly GivenRating[] {
  return ratings.filter(({ rating, previous }) => previous !== null && urgency(rating) > urgency(previous));
}

function loweredInWords({ by, previous, rating, reason, at }: GivenRating, facts: Case): string {
  return `${by} lowered the rating from ${previous} to ${rating}, ${when(at, facts)}: ${reason}`;
}

function earlierOnes(facts: Case): readonly Fact[] {
  return facts.earlier.map(({ reference, children, receivedAt, status, outcome, decidedAt, holder }) => {
    const names = inWords(children.map((position) => named(facts.page.children[position]!)));
    const decided =
      outcome === null || decidedAt === null ? '' : `: ${codeInWords(outcome)}, ${when(decidedAt, facts)}`;
    const held = status === 'decided' || holder === null ? '' : ` With ${holder}.`;
    const state = `${STATUSES[status]}${decided}.${held}`;
    return {
      text: `${names} ${children.length === 1 ? 'was' : 'were'} referred before:`,
      reference,
      after: `, received ${when(receivedAt, facts)}. ${state}`,
    };
  });
}

function youthOf(child: ReferralPage['children'][number], receivedOn: Temporal.PlainDate): string {
  const { dateOfBirth, expectedDateOfBirth } = child;
  if (dateOfBirth !== undefined)
    return `was ${ageInWords(child, receivedOn)} old when the referral came, born ${dayInWords(dateOfBirth)}`;
  if (expectedDateOfBirth !== undefined) return `is unborn, expected ${dayInWords(expectedDateOfBirth)}`;
  return 'is under 1, as the sender estimates';
}

function named(child: ReferralPage['children'][number]): string {
  return submittedName(child) || 'A child whose name is not known';
}

/** For whom the answers say so: every child, or those whose outcome differs. */
function childrenWithoutAction({ page, form }: Case): string {
  const children = childrenIn(form, page.children.length);
  const isEnded = ({ other }: ChildDecision) => (other?.outcome ?? form.outcome) === 'no_further_action';
  const ended = children.filter((one) => one.leftOutBecause === null && isEnded(one));
  return children.length === 0
    ? everyChild(page)
    : inWords(ended.map(({ position }) => named(page.children[position]!)));
}

function everyChild({ children }: ReferralPage): string {
  return inWords(children.map(named));
}

/** Such as `Ann`, `Ann and Ben`, `Ann, Ben and Cas`. */
function inWords(names: readonly string[]): string {
  const [last = '', ...before] = names.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}

function when(instant: Temporal.Instant, { page, zone }: Case): string {
  return dayAndTime(instant, page.now, zone);
}
