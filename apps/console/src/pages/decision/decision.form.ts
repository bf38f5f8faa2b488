import { IsIn, Matches, MaxLength, ValidateBy, type ValidationArguments } from 'class-validator';
import type { StaffActor } from '#access';
import type { DecisionAnalysis, PreviewedDecision, RecordDecisionCommand } from '#decisions';
import {
  isBlank,
  LONGEST_REASON_TO_REFERRER,
  needsPrimaryNeed,
  OUTCOMES,
  PRIMARY_NEEDS,
  PROGRESSIONS,
  RATINGS,
  repeatsRationale,
  type Outcome,
  type PrimaryNeed,
  type Progression,
  type Rating,
  type ThresholdLevel,
} from '#domain';
import { Beginning, Hidden } from '../../shell/forms/fields.ts';
import { REOPEN, type FormErrors } from '../../shell/forms/read-form.ts';
import { SeenForm } from '../../shell/referral/seen.form.ts';
import { AtLeast, AtMost } from '../../shell/forms/text-rules.ts';
import { CHILD_SAYS, childrenIn, childrenMissingIn, type ForChildren } from './each-child.form.ts';
import { OTHER_REPORT, reportsIn, WITH } from './together.presenter.ts';

const LONGEST = 10_000;
export const LONGEST_RATIONALE = 20_000;
const asLong = (what: string) => AtMost(LONGEST, `${what} must be 10,000 characters or fewer`);

/** A text that does not repeat the rationale of the same form. */
const NotTheRationale = (message: string): PropertyDecorator =>
  ValidateBy(
    {
      name: 'notTheRationale',
      validator: {
        validate: (text, about?: ValidationArguments) =>
          !repeatsRationale(String(text), (about!.object as DecisionForm).rationale),
      },
    },
    { message },
  );

/** No choice has a default: what a person did not choose is an error, not an answer. */
export class DecisionForm extends SeenForm {
  /** The rating that the button names, which the person confirms by it; empty when a person has confirmed it before. */
  @Hidden() @IsIn(['', ...RATINGS], REOPEN) readonly confirmsRating: Rating | '' = '';
  @IsIn(OUTCOMES, { message: 'Select what is to happen' }) readonly outcome!: Outcome;
  @IsIn(['1', '2', '3', '4'], { message: 'Select the level of need' }) readonly thresholdLevel!: string;
  /** Why outcome and level are both right; asked for when they contradict each other. */
  @asLong('Why both are right') readonly contradictionReason: string = '';
  /** Why no strategy discussion follows; asked for at level 4 without one. */
  @asLong('Why there is no strategy discussion') readonly noDiscussionReason: string = '';
  /** Why it goes to another than the allocated worker of a child with an open case; asked for when it does. */
  @asLong('Why it does not go to the allocated worker') readonly openCaseReason: string = '';
  /** What it counts as; empty for what the policy proposes, which the person confirms on the page of the check. */
  @IsIn(['', ...PROGRESSIONS], { message: 'Select what it counts as' }) readonly progression: Progression | '' = '';
  @IsIn(['', ...PRIMARY_NEEDS], { message: 'Select the primary need' }) readonly primaryNeed: PrimaryNeed | '' = '';
  @asLong('What you are worried about') readonly worries: string = '';
  @asLong('What is working well') readonly workingWell: string = '';
  @asLong('What needs to happen') readonly needsToHappen: string = '';
  @Matches(/^(|[0-9]|10)$/, { message: 'Select a number from 0 to 10' }) readonly safetyScale: string = '';
  @asLong("The child's voice") readonly childsVoice: string = '';
  @AtMost(LONGEST_RATIONALE, 'The rationale must be 20,000 characters or fewer')
  @AtLeast(20, 'Give your rationale, in at least 20 characters')
  readonly rationale: string = '';
  /** Why, in brief, as the referrer is told it; empty for the hub's own words. */
  @NotTheRationale('Write other words for the referrer: the rationale stays in the hub')
  @AtMost(LONGEST_REASON_TO_REFERRER, 'What we tell the referrer must be 1,000 characters or fewer')
  readonly reasonToReferrer: string = '';
  /** Of several children: whether it is the same for all. */
  @IsIn(['', 'all', 'each'], REOPEN) readonly forChildren: ForChildren | '' = '';
  /** In the order of the children: what it means for each, and why one is left out. */
  @Beginning('childSays') @IsIn(['', ...CHILD_SAYS], { ...REOPEN, each: true }) readonly childSays: readonly string[] =
    [];
  @Beginning('childOutcome')
  @IsIn(['', ...OUTCOMES], { ...REOPEN, each: true })
  readonly childOutcome: readonly string[] = [];
  @Beginning('childLevel')
  @IsIn(['', '1', '2', '3', '4'], { ...REOPEN, each: true })
  readonly childLevel: readonly string[] = [];
  @Beginning('childReason')
  @MaxLength(2_000, { each: true, message: 'Why a child is left out must be 2,000 characters or fewer' })
  readonly childReason: readonly string[] = [];
  /** Other reports of the same incident that are decided with it: a box each, see `presentTogether`. */
  @Beginning(WITH) @Matches(OTHER_REPORT, { ...REOPEN, each: true }) readonly together: readonly string[] = [];
  /** Why it is late: a code of the policy's list, asked for when a limit has passed, and never needed. */
  @Matches(/^(|[a-z][a-z0-9_]{0,59})$/, { message: 'Select a reason of the list' }) readonly lateReason: string = '';
  @asLong('More about why it is late') readonly lateWords: string = '';
  /** The code of the locality team; empty for that of the address. */
  @Matches(/^(|[a-z][a-z0-9_]{0,39})$/, { message: 'Select a team of the list' }) readonly routeTeam: string = '';
  /** Why another team than that of the address; asked for when it is another. */
  @asLong('Why another team') readonly routeReason: string = '';
  /** The worker or the authority that takes it on. */
  @AtMost(200, 'The name must be 200 characters or fewer') readonly routeRecipient: string = '';
}

export function levelOf({ thresholdLevel }: DecisionForm): ThresholdLevel {
  return Number(thresholdLevel) as ThresholdLevel;
}

/** What it counts as, by the person or by the policy's proposal. */
export function progressionOf(
  { progression }: DecisionForm,
  { proposedProgression }: Pick<PreviewedDecision, 'proposedProgression'>,
): Progression {
  return progression || proposedProgression;
}

export function analysisOf(form: DecisionForm): DecisionAnalysis {
  const { worries, workingWell, needsToHappen, safetyScale, childsVoice } = form;
  return {
    worries,
    workingWell,
    needsToHappen,
    childsVoice,
    safetyScale: safetyScale === '' ? null : Number(safetyScale),
  };
}

/** What the referral and the policy ask of these answers beside their form; null when nothing is missing. */
export function missingIn(form: DecisionForm, preview: PreviewedDecision): FormErrors | null {
  const { unconfirmedRating, contradicts, lacksDiscussion, caseCheckIsMissing, asksWhyNotWorker } = preview;
  const isUnconfirmed = unconfirmedRating !== null && form.confirmsRating !== unconfirmedRating;
  const isUnexplained = contradicts && isBlank(form.contradictionReason);
  const isTeamUnexplained = isOtherTeam(form, preview) && isBlank(form.routeReason);
  const isDiscussionUnexplained = lacksDiscussion && isBlank(form.noDiscussionReason);
  const isWorkerPassed = asksWhyNotWorker && isBlank(form.openCaseReason);
  const isNeedMissing = needsPrimaryNeed(progressionOf(form, preview)) && form.primaryNeed === '';
  const errors = {
    ...childrenMissingIn(form, preview.children),
    ...(isUnconfirmed ? { confirmsRating: 'Confirm the rating, or change it first' } : {}),
    ...(isUnexplained
      ? { contradictionReason: 'Say why this outcome and this level are both right, or change one' }
      : {}),
    ...(isTeamUnexplained ? { routeReason: 'Say why another team takes it than the address gives' } : {}),
    ...(isDiscussionUnexplained
      ? { noDiscussionReason: 'Say why there is no strategy discussion, or change the outcome or the level' }
      : {}),
    ...(caseCheckIsMissing
      ? {
          caseCheck:
            'Look for each child in the case system first, or record there why it could not be checked: the hub’s policy asks for it before this decision',
        }
      : {}),
    ...(isWorkerPassed
      ? { openCaseReason: 'Say why it does not go to the allocated worker, or select that it does' }
      : {}),
    ...(isNeedMissing ? { primaryNeed: 'Select the primary need: the decision counts as a referral' } : {}),
  };
  return Object.keys(errors).length > 0 ? errors : null;
}

/** Whether the person chose another team than the address gives. */
export function isOtherTeam({ routeTeam }: DecisionForm, { locality }: Pick<PreviewedDecision, 'locality'>): boolean {
  const byAddress = locality?.byAddress.team ?? null;
  return routeTeam !== '' && byAddress !== null && byAddress.code !== routeTeam;
}

/**
 * Whether the answers are read again before they are recorded: the decider is to stop and read, another person has to
 * sign it off, it says why it contradicts itself, has no strategy discussion or does not go to the allocated worker, it
 * cannot be taken back, it counts as another thing than the policy proposes, or it decides more than one referral.
 */
export function isUnusual(form: DecisionForm, preview: PreviewedDecision): boolean {
  const { pauseFor, signOffReasons, contradicts, lacksDiscussion, asksWhyNotWorker } = preview;
  const saysWhy = contradicts || lacksDiscussion || asksWhyNotWorker;
  const isRead = form.together.length > 0 || pauseFor.length > 0 || signOffReasons.length > 0;
  const isOther = progressionOf(form, preview) !== preview.proposedProgression;
  return isRead || saysWhy || !preview.canBeTakenBack || isOther;
}

/** The decision that the answers ask for. */
export function commandOf(
  reference: string,
  form: DecisionForm,
  preview: PreviewedDecision,
  by: StaffActor,
): RecordDecisionCommand {
  return {
    reference,
    outcome: form.outcome,
    thresholdLevel: levelOf(form),
    rationale: form.rationale,
    confirmsRating: form.confirmsRating || null,
    contradictionReason: form.contradictionReason,
    noDiscussionReason: form.noDiscussionReason,
    openCaseReason: form.openCaseReason,
    progression: progressionOf(form, preview),
    primaryNeed: form.primaryNeed || null,
    lateReason: form.lateReason || null,
    lateWords: form.lateWords,
    analysis: analysisOf(form),
    children: childrenIn(form, preview.children.length),
    together: reportsIn(form.together),
    route: { team: form.routeTeam, recipient: form.routeRecipient, reason: form.routeReason },
    reasonToReferrer: form.reasonToReferrer,
    formId: form.formId,
    version: Number(form.version),
    by,
  };
}
