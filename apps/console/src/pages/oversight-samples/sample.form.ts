import { IsIn, IsUUID, ValidateBy, type ValidationArguments } from 'class-validator';
import {
  isBlank,
  OUTCOMES,
  SAMPLE_CRITERIA,
  SAMPLE_GRADES,
  type Outcome,
  type SampleCriterion,
  type SampleGrade,
} from '#domain';
import { Hidden } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

/** No choice has a default, as in the form of a decision. */
export class BlindForm {
  @IsIn(OUTCOMES, { message: 'Select what should have happened' }) readonly outcome!: Outcome;
  @IsIn(['1', '2', '3', '4'], { message: 'Select the level of need' }) readonly thresholdLevel!: string;
}

const AGrade = (of: string) => IsIn(SAMPLE_GRADES, { message: `Select a grade for ${of}` });

/** A rule about an answer that depends on others. */
const Fits = (message: string, fits: (form: GradeForm) => boolean): PropertyDecorator =>
  ValidateBy(
    { name: 'fits', validator: { validate: (_, of?: ValidationArguments) => fits(of?.object as GradeForm) } },
    { message },
  );

export class GradeForm {
  @Hidden() @IsUUID('all', REOPEN) readonly formId: string = '';
  @AGrade('referral detail') readonly referral_detail!: SampleGrade;
  @AGrade('response') readonly response!: SampleGrade;
  @AGrade('ongoing risk assessment') readonly ongoing_risk_assessment!: SampleGrade;
  @AGrade('thorough analysis') readonly thorough_analysis!: SampleGrade;
  @AGrade('child-centred practice') readonly child_centred_practice!: SampleGrade;
  @AGrade('management oversight') readonly management_oversight!: SampleGrade;
  @AGrade('timeliness') readonly timeliness!: SampleGrade;
  @AGrade('multi-agency working') readonly multi_agency_working!: SampleGrade;
  @IsIn(SAMPLE_GRADES, { message: 'Select a grade for the whole' }) readonly grade!: SampleGrade;
  @AtMost(10_000, 'What you found must be 10,000 characters or fewer')
  @Said('Say what you found')
  readonly words: string = '';
  @IsIn(['', 'yes'], REOPEN)
  @Fits(
    'A decision that may leave a child unsafe is inadequate: change the grade, or take the tick away',
    ({ unsafe, grade }) => unsafe !== 'yes' || grade === 'inadequate',
  )
  readonly unsafe: string = '';
  @AtMost(5_000, 'Why a child may be unsafe must be 5,000 characters or fewer')
  @Fits('Say why a child may be unsafe', ({ unsafe, unsafeReason }) => unsafe !== 'yes' || !isBlank(unsafeReason))
  @Fits(
    'Tick that a child may be unsafe, or leave this empty',
    ({ unsafe, unsafeReason }) => unsafe === 'yes' || isBlank(unsafeReason),
  )
  readonly unsafeReason: string = '';
}

export function criteriaIn(form: GradeForm): Readonly<Record<SampleCriterion, SampleGrade>> {
  return Object.fromEntries(SAMPLE_CRITERIA.map((criterion) => [criterion, form[criterion]])) as Record<
    SampleCriterion,
    SampleGrade
  >;
}
