import { ArrayNotEmpty, IsIn, Matches, ValidateIf } from 'class-validator';
import { EDGE_OF_CARE_EVENTS, plannedDay, type EdgeOfCareEventKind } from '#domain';
import { Several, Trimmed } from '../../shell/forms/fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

const asLong = (what: string) => AtMost(10_000, `${what} must be 10,000 characters or fewer`);

export class PlanForm {
  /** Their numbers in the referral, from 1. */
  @Matches(/^[1-9]\d?$/, { each: true, message: 'Select who might come into care' })
  @ArrayNotEmpty({ message: 'Select who might come into care' })
  @Several()
  readonly children: readonly string[] = [];
  @Said('Say why they might come into care') @asLong('Why') readonly why: string = '';
  @AtMost(10) @Trimmed() readonly byWhen: string = '';
  @Said('Say what the family network has been asked, or why it has not')
  @asLong('The family network')
  readonly familyNetwork: string = '';
  @Said('Say what the child wants, or why it is not known') @asLong("The child's view") readonly childsView: string =
    '';
}

export class EventForm {
  @IsIn(EDGE_OF_CARE_EVENTS, { message: 'Select what happened' }) readonly kind: EdgeOfCareEventKind | '' = '';
  @AtMost(10) @Trimmed() readonly on: string = '';
  @ValidateIf(({ kind }: EventForm) => kind === 'first_response')
  @Said('Enter who gave the first response')
  @AtMost(200, 'The name must be 200 characters or fewer')
  readonly who: string = '';
  @AtMost(20) @Trimmed() readonly time: string = '';
  @asLong('More about it') readonly words: string = '';
}

/** Whether a text is a day. */
export function isDay(written: string): boolean {
  try {
    plannedDay(written);
    return true;
  } catch {
    return false;
  }
}

/** The faults of a form with that of its day, by the name of its field. */
export function withDay(errors: FormErrors | null, name: string, fault: string | null): FormErrors | null {
  return fault === null ? errors : { ...errors, [name]: fault };
}
