import { ArrayNotEmpty, IsIn, Matches, ValidateIf } from 'class-validator';
import { DISCUSSION_AGENCIES, DISCUSSION_OUTCOMES, type DiscussionAgency, type DiscussionOutcome } from '#domain';
import { Hidden, Ticked, Trimmed } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';
import { ADay, ATime } from './moment.ts';

/** A discussion is called. */
export class CallForm {
  @Trimmed() @ADay('Enter the day for which it is called') readonly plannedDay: string = '';
  @Trimmed() @ATime() readonly plannedTime: string = '';
  @Said('Enter who is in the chair')
  @AtMost(200, 'Who is in the chair must be 200 characters or fewer')
  readonly chair: string = '';
  @Ticked('asked', DISCUSSION_AGENCIES)
  @ArrayNotEmpty({ message: 'Select who is asked' })
  readonly asked: readonly DiscussionAgency[] = [];
  @ValidateIf(({ asked }: CallForm) => asked.includes('other'))
  @Said('Enter which other agency is asked')
  @AtMost(500, 'The other agencies must be 500 characters or fewer')
  readonly askedOthers: string = '';
  /** Asked for where the last discussion is recorded. */
  @AtMost(5_000, 'Why another one is needed must be 5,000 characters or fewer') readonly whyAgain: string = '';
}

const isHeld = ({ how }: RecordForm) => how === 'held';

/** How a discussion went. Who came is read by `attendanceIn`. */
export class RecordForm {
  /** Of the discussion that the page showed. */
  @Hidden() @Matches(/^[1-9]\d{0,3}$/, REOPEN) readonly number: string = '';
  @IsIn(['held', 'not_held'], { message: 'Select whether it was held' }) readonly how: string = '';
  @ValidateIf(isHeld) @Trimmed() @ADay('Enter the day on which it was held') readonly heldDay: string = '';
  @ValidateIf(isHeld) @Trimmed() @ATime() readonly heldTime: string = '';
  @ValidateIf(isHeld)
  @IsIn(DISCUSSION_OUTCOMES, { message: 'Select what it came to' })
  readonly outcome: DiscussionOutcome | '' = '';
  @ValidateIf(isHeld)
  @Said('Enter a short record of what was said')
  @AtMost(10_000, 'The record must be 10,000 characters or fewer')
  readonly minutes: string = '';
  @AtMost(5_000, 'The reason must be 5,000 characters or fewer') readonly reason: string = '';
}

/** The conference that follows. */
export class ConferenceForm {
  @IsIn(['held', 'not_needed'], { message: 'Select whether the conference was held' }) readonly conference: string = '';
  @ValidateIf(({ conference }: ConferenceForm) => conference === 'held')
  @Trimmed()
  @ADay('Enter the day on which the conference was held')
  readonly conferenceDay: string = '';
  @ValidateIf(({ conference }: ConferenceForm) => conference === 'not_needed')
  @Said('Say why no conference is needed')
  @AtMost(5_000, 'The reason must be 5,000 characters or fewer')
  readonly conferenceReason: string = '';
}
