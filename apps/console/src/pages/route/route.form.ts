import { IsIn, IsUUID, ValidateIf } from 'class-validator';
import { localMoment, plannedDay, readTimeOfDay } from '#domain';
import { Hidden, Trimmed } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

export class RouteAnswerForm {
  @Hidden() @IsUUID('all', REOPEN) readonly routeId: string = '';
  @IsIn(['accepted', 'returned'], { message: 'Select what they answered' }) readonly answer:
    'accepted' | 'returned' | '' = '';
  @Said('Enter who answered')
  @AtMost(200, 'Who answered must be 200 characters or fewer')
  readonly answeredBy: string = '';
  @AtMost(10) @Trimmed() readonly day: string = '';
  @AtMost(20) @Trimmed() readonly time: string = '';
  @ValidateIf(({ answer }: RouteAnswerForm) => answer === 'returned')
  @Said('Say why it comes back')
  @AtMost(5_000, 'Why it comes back must be 5,000 characters or fewer')
  readonly reason: string = '';
}

export class SendOnForm {
  @Hidden() @IsUUID('all', REOPEN) readonly routeId: string = '';
  @AtMost(40) readonly team: string = '';
  @AtMost(200, 'The name must be 200 characters or fewer') readonly recipient: string = '';
  @AtMost(5_000, 'The reason must be 5,000 characters or fewer') readonly sendReason: string = '';
}

export class DecideAgainForm {
  @Hidden() @IsUUID('all', REOPEN) readonly routeId: string = '';
}

/** When they answered: null for now, where nothing is typed; a fault where it is no time. */
export function answeredAt(
  { day, time }: Pick<RouteAnswerForm, 'day' | 'time'>,
  now: Temporal.Instant,
  zone: string,
): { readonly at: Temporal.Instant | null; readonly error: string | null } {
  if (day === '' && time === '') return { at: null, error: null };
  const read = readTimeOfDay(time);
  if (read === null) return { at: null, error: 'Enter the time of day, such as 2:30pm' };
  try {
    const on = day === '' ? now.toZonedDateTimeISO(zone).toPlainDate() : plannedDay(day);
    const at = localMoment(zone, on, read);
    return at === null ? { at, error: 'There was no such time on that day' } : { at, error: null };
  } catch {
    return { at: null, error: 'Enter a real day' };
  }
}
