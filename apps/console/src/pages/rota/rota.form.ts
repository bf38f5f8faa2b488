import { Allow, ArrayNotEmpty, IsEmail, IsIn, IsUUID, Matches, ValidateBy } from 'class-validator';
import type { ClassConstructor } from 'class-transformer';
import { ALERT_GROUPS, atLocalTime, plannedDay, WEEKDAYS, type AlertGroup, type Weekday } from '#domain';
import type { RotaChange } from '#rota';
import type { Typed } from '#work';
import { Hidden, HiddenNames, Ticked, Trimmed } from '../../shell/forms/fields.ts';
import { readForm, REOPEN, type FormErrors } from '../../shell/forms/read-form.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const PHONE = /^(\+?[\d ]{10,16})?$/;

const APerson = () => IsUUID('all', { message: 'Select a person' });
const AGroup = () => IsIn(ALERT_GROUPS, { message: 'Select a group' });
const ATime = () => Matches(TIME, { message: 'Enter a time such as 08:30' });

/** What a form of the rota's page stands for. */
interface RotaForm {
  /** @param zone of the hub */
  toChange(zone: string): RotaChange;
}

class AddShiftForm implements RotaForm {
  @AGroup() readonly group!: AlertGroup;
  @APerson() readonly person: string = '';
  @Ticked('day', WEEKDAYS) @ArrayNotEmpty({ message: 'Select at least one day' }) readonly days: readonly Weekday[] =
    [];
  @Trimmed() @ATime() readonly from: string = '';
  @Trimmed() @ATime() readonly until: string = '';

  toChange(): RotaChange {
    const { group, person: personId, days: weekdays, from, until } = this;
    return { kind: 'add-shift', group, personId, weekdays, from, until };
  }
}

/** The day of a stretch of time; its time is in the field beside it. */
const ADayWith = (time: 'fromTime' | 'untilTime') =>
  ValidateBy(
    {
      name: 'dayAndTime',
      validator: { validate: (day, of) => isDay(day) && TIME.test((of!.object as StretchForm)[time]) },
    },
    { message: 'Enter a date and a time' },
  );

/** From one moment to another, by the hub's local time. */
class StretchForm {
  @Trimmed() @ADayWith('fromTime') readonly fromDay: string = '';
  @Trimmed() @Allow() readonly fromTime: string = '';
  @Trimmed() @ADayWith('untilTime') readonly untilDay: string = '';
  @Trimmed() @Allow() readonly untilTime: string = '';

  protected stretch(timeZone: string) {
    return {
      from: atLocalTime({ timeZone }, plannedDay(this.fromDay), this.fromTime),
      until: atLocalTime({ timeZone }, plannedDay(this.untilDay), this.untilTime),
    };
  }
}

class AddCoverForm extends StretchForm implements RotaForm {
  @AGroup() readonly group!: AlertGroup;
  @APerson() readonly person: string = '';

  toChange(zone: string): RotaChange {
    return { kind: 'add-cover', group: this.group, personId: this.person, ...this.stretch(zone) };
  }
}

class AddAbsenceForm extends StretchForm implements RotaForm {
  @APerson() readonly person: string = '';

  toChange(zone: string): RotaChange {
    return { kind: 'add-absence', personId: this.person, ...this.stretch(zone) };
  }
}

class SetContactForm implements RotaForm {
  @Hidden() @APerson() readonly person: string = '';
  @Trimmed() @IsEmail({}, { message: 'Enter an e-mail address such as name@council.gov.uk' }) readonly email: string =
    '';
  @Trimmed()
  @Matches(PHONE, { message: 'Enter a mobile number such as 07700 900123, or none' })
  readonly phone: string = '';
  @Ticked('group', ALERT_GROUPS) readonly groups: readonly AlertGroup[] = [];
  @IsIn(['', 'yes'], REOPEN) readonly worksAgain: string = '';

  toChange(): RotaChange {
    const { person: personId, email, phone, groups, worksAgain } = this;
    return { kind: 'set-contact', personId, email, phone: phone || null, groups, worksAgain: worksAgain === 'yes' };
  }
}

class RemoveForm implements RotaForm {
  @Hidden() @IsIn(['shift', 'cover', 'absence'], REOPEN) readonly what!: 'shift' | 'cover' | 'absence';
  @Hidden() @IsUUID('all', REOPEN) readonly id: string = '';

  toChange(): RotaChange {
    return { kind: 'remove', what: this.what, id: this.id };
  }
}

const FORMS = {
  'add-shift': AddShiftForm,
  'add-cover': AddCoverForm,
  'add-absence': AddAbsenceForm,
  'set-contact': SetContactForm,
  remove: RemoveForm,
} as const satisfies Record<RotaChange['kind'], ClassConstructor<RotaForm>>;

/** Which of the forms of the rota's page was sent. */
@HiddenNames(/^(what|id)$/)
export class RotaKindForm {
  @Hidden() @IsIn(Object.keys(FORMS), REOPEN) readonly kind!: keyof typeof FORMS;
}

/** A change of the rota as it was sent: what it stands for, or what is wrong with it. */
type ReadChange =
  { readonly change: RotaChange; readonly errors: null } | { readonly change: null; readonly errors: FormErrors };

export function readChange(kind: keyof typeof FORMS, typed: Typed, zone: string): ReadChange {
  const { form, errors } = readForm<RotaForm>(FORMS[kind], typed);
  if (errors !== null) return { change: null, errors };
  const change = form.toChange(zone);
  if (isBackwards(change)) return { change: null, errors: { untilDay: 'The end must be after the beginning' } };
  return { change, errors: null };
}

function isBackwards(change: RotaChange): boolean {
  if (change.kind !== 'add-cover' && change.kind !== 'add-absence') return false;
  return Temporal.Instant.compare(change.from, change.until) >= 0;
}

function isDay(text: unknown): boolean {
  try {
    plannedDay(String(text));
    return true;
  } catch {
    return false;
  }
}
