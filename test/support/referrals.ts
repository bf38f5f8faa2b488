import type { SubmittedReferral } from '#domain';
import { SCENARIOS } from './scenarios.ts';

/** How a referral differs from the one of its name. */
export interface Traits {
  /** The sender says that a child is in danger now: the referral is red, and its decision cannot be taken back. */
  readonly immediateDanger?: boolean;
  /** The number that the sender knows the referral by. */
  readonly senderReference?: string;
  /** The address that the receipt goes to; null when the sender gave none. */
  readonly referrerEmail?: string | null;
  readonly summary?: string;
  /** Of the first child, in place of what the scenario says of that child. */
  readonly child?: Partial<SubmittedReferral['children'][number]>;
  /** All children, in place of those of the scenario. */
  readonly children?: SubmittedReferral['children'];
  readonly adults?: NonNullable<SubmittedReferral['adults']>;
}

/**
 * Red: a ten-week-old who cannot roll has a bruise on the cheek without an explanation (rules R02, R03, R04).
 * The child is under one: a decision to do nothing makes the decider read that first, and needs sign-off.
 */
export const aBruisedBaby = named('01-bruised-ten-week-old');

/** Red: a two-year-old has a spiral fracture, and the account of it changes (rule R03). The usual red. */
export const aFracturedToddler = named('02-spiral-fracture-changing-account');

/**
 * Red: strangulation with a toddler in the room (rule R07). The family must not learn of the referral
 * (`withholdFromFamily`), and staff have a warning (`staffSafety`).
 */
export const aStrangulation = named('05-high-risk-domestic-abuse-strangulation');

/** Amber: a mother's first psychosis with a baby of five months and no physical harm. */
export const aMotherInPsychosis = named('21-first-psychotic-episode-baby-five-months');

/** Amber: a 14-year-old harms herself without intent and has good support. */
export const aSelfHarmingTeenager = named('22-self-harm-no-intent');

/** Amber: a 15-year-old has gone missing for the seventh time this year and is home safe. The usual amber. */
export const aRoutineAmber = named('25-seventh-missing-episode');

/**
 * Amber: a coach sends private messages to children under 16. No child is under one, nothing was referred before and
 * no child is in danger now: the decider may choose any outcome, and may take it back.
 */
export const aCoachMessagingChildren = named('27-coach-messaging-under-16s');

/** Red: a teenager who is sexually exploited was found in a flat. */
export const aRecoveredTeenager = named('16-cse-recovered-from-flat');

/** Green: a child's attendance is 71 per cent, and the parent wants help (rule G01). The usual green with a family. */
export const aPoorAttender = named('33-attendance-71-per-cent');

/** Green: an expectant first-time mother has missed two appointments (rule G01). The child is not born. */
export const anExpectantMother = named('34-young-first-time-mother-missed-antenatal');

/** Green: a family is short of money and otherwise well (rule G01). The usual green. */
export const aFamilyShortOfMoney = named('39-food-bank-short-of-money');

/** A child of two whom no other key has: referrals of several are not contacts of one. @param key hexadecimal digits */
export function aToddlerOfItsOwn(key: string): SubmittedReferral['children'] {
  const letters = [...key.replaceAll('-', '')].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
  return [{ firstName: 'Kit', lastName: `Marlow${letters}`, dateOfBirth: '2024-01-01' }];
}

/** The referral that one of the forty scenarios describes, made anew at each call, with traits of its own. */
function named(id: string): (traits?: Traits) => SubmittedReferral {
  const { body } = SCENARIOS.find((scenario) => scenario.id === id)!;
  return (traits = {}) => withTraits(structuredClone(body), traits);
}

function withTraits(body: SubmittedReferral, traits: Traits): SubmittedReferral {
  const { referrerEmail, summary, child, ...rest } = traits;
  const { email, ...referrer } = body.referrer;
  const address = referrerEmail === undefined ? email : (referrerEmail ?? undefined);
  return {
    ...body,
    referrer: address === undefined ? referrer : { ...referrer, email: address },
    concern: summary === undefined ? body.concern : { ...body.concern, summary },
    children: child === undefined ? body.children : [{ ...body.children[0]!, ...child }, ...body.children.slice(1)],
    ...rest,
  };
}
