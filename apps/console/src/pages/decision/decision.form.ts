import { IsIn, Matches } from 'class-validator';
import type { DecisionAnalysis } from '#decisions';
import { OUTCOMES, type Outcome, type ThresholdLevel } from '#domain';
import { SeenForm } from '../../shell/referral/seen.form.ts';
import { AtLeast, AtMost } from '../../shell/forms/text-rules.ts';

const LONGEST = 10_000;
export const LONGEST_RATIONALE = 20_000;
const asLong = (what: string) => AtMost(LONGEST, `${what} must be 10,000 characters or fewer`);

/** No choice has a default: what a person did not choose is an error, not an answer. */
export class DecisionForm extends SeenForm {
  @IsIn(OUTCOMES, { message: 'Select what is to happen' }) readonly outcome!: Outcome;
  @IsIn(['1', '2', '3', '4'], { message: 'Select the level of need' }) readonly thresholdLevel!: string;
  @asLong('What you are worried about') readonly worries: string = '';
  @asLong('What is working well') readonly workingWell: string = '';
  @asLong('What needs to happen') readonly needsToHappen: string = '';
  @Matches(/^(|[0-9]|10)$/, { message: 'Select a number from 0 to 10' }) readonly safetyScale: string = '';
  @asLong("The child's voice") readonly childsVoice: string = '';
  @AtMost(LONGEST_RATIONALE, 'The rationale must be 20,000 characters or fewer')
  @AtLeast(20, 'Give your rationale, in at least 20 characters')
  readonly rationale: string = '';
}

export function levelOf({ thresholdLevel }: DecisionForm): ThresholdLevel {
  return Number(thresholdLevel) as ThresholdLevel;
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
