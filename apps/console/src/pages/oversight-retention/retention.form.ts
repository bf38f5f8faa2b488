import { applyDecorators } from '@nestjs/common';
import { ArrayNotEmpty, IsIn, IsUUID, Matches, ValidateBy } from 'class-validator';
import { parseReferralReference, plannedDay } from '#domain';
import { Hidden, Named, Several, Trimmed } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

const SaidWhy = (message: string) =>
  applyDecorators(Said(message), AtMost(2_000, 'The reason must be 2,000 characters or fewer'), Trimmed());

export class ApproveForm {
  @ArrayNotEmpty({ message: 'Select the records whose destruction you approve' })
  @IsUUID('all', { each: true, ...REOPEN })
  @Several()
  readonly proposals: readonly string[] = [];
}

export class AnswerForm {
  @IsIn(['agreed', 'refused'], { message: 'Select whether you agree' }) readonly said: 'agreed' | 'refused' | '' = '';
}

export class KeepRecordForm {
  @Hidden() @IsUUID('all', REOPEN) readonly proposal: string = '';
  @ValidateBy({ name: 'day', validator: { validate: isDay } }, { message: 'Enter the last day, such as 2035-06-30' })
  readonly until: string = '';
  @SaidWhy('Enter why it is kept longer')
  readonly why: string = '';
}

export class HoldForm {
  /** Empty for every record. */
  @ValidateBy(
    {
      name: 'reference',
      validator: { validate: (text) => text === '' || parseReferralReference(String(text)) !== null },
    },
    { message: 'Enter a reference such as MASH-7K3F-9QXT, or leave it empty' },
  )
  @Trimmed()
  readonly reference: string = '';
  @SaidWhy('Enter why records must be kept')
  readonly reason: string = '';
}

export class EndHoldForm {
  @SaidWhy('Enter why the hold ends')
  readonly reason: string = '';
}

export class ScheduleForm {
  @Hidden() @Matches(/^\d{1,6}$/, REOPEN) readonly seen: string = '';
  /** By the name of the class. */
  @Matches(/^R\d[a-z]?=(?:[1-9]\d?|1[01]\d|120)$/, {
    each: true,
    message: 'Enter whole years from 1 to 120 for each class',
  })
  @Named('years')
  readonly years: readonly string[] = [];
  @Matches(/^R\d[a-z]?=(?:yes|no)$/, { each: true, ...REOPEN })
  @Named('looks')
  readonly looks: readonly string[] = [];
  @Matches(/^(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])$/, { message: 'Enter whole days from 1 to 366' })
  @Trimmed()
  readonly contactDays: string = '';
  @Matches(/^(?:[1-9]\d?|1[01]\d|120)$/, { message: 'Enter whole years from 1 to 120' })
  @Trimmed()
  readonly nameYears: string = '';
  @SaidWhy('Enter what the schedule follows')
  readonly reason: string = '';
}

function isDay(text: unknown): boolean {
  try {
    plannedDay(String(text));
    return true;
  } catch {
    return false;
  }
}
