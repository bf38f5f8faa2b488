import { ArrayNotEmpty, IsIn, IsUUID, ValidateBy } from 'class-validator';
import type { ClassConstructor } from 'class-transformer';
import {
  ALERT_GROUPS,
  atLocalTime,
  localMoment,
  plannedDay,
  readTimeOfDay,
  WEEKDAYS,
  type AlertGroup,
  type Weekday,
} from '#domain';
import { isMobile, readEmailAddress, readTelephone } from '#platform';
import type { RotaChange } from '#rota';
import type { Typed } from '#work';
import { Hidden, HiddenNames, Ticked, Trimmed } from '../../shell/forms/fields.ts';
import { readForm, REOPEN, type FormErrors } from '../../shell/forms/read-form.ts';

const APerson = () => IsUUID('all', { message: 'Select a person' });
const AGroup = () => IsIn(ALERT_GROUPS, { message: 'Select a group' });
/** A time of day as people write it. */
const ATime = () =>
  ValidateBy(
    { name: 'timeOfDay', validator: { validate: (time) => readTimeOfDay(String(time)) !== null } },
    { message: 'Enter a time such as 08:30 or 8.30am' },
  );
const timeOf = (written: string) => readTimeOfDay(written)!.toString({ smallestUnit: 'minute' });

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
    const { group, person: personId, days: weekdays } = this;
    const [from, until] = [timeOf(this.from), timeOf(this.until)];
    return { kind: 'add-shift', group, personId, weekdays, from, until };
  }
}

const ADay = () =>
  ValidateBy(
    { name: 'day', validator: { validate: (day) => isDay(day) } },
    { message: 'Enter a day that exists, from 2000 to 2100' },
  );

/** From one moment to another, by the hub's local time. */
class StretchForm {
  @Trimmed() @ADay() readonly fromDay: string = '';
  @Trimmed() @ATime() readonly fromTime: string = '';
  @Trimmed() @ADay() readonly untilDay: string = '';
  @Trimmed() @ATime() readonly untilTime: string = '';

  protected stretch(timeZone: string) {
    const moment = (day: string, time: string) => atLocalTime({ timeZone }, plannedDay(day), readTimeOfDay(time)!);
    return { from: moment(this.fromDay, this.fromTime), until: moment(this.untilDay, this.untilTime) };
  }

  /** What is wrong with times that do not exist on their days. */
  skippedTimes(timeZone: string): FormErrors | null {
    const errors = Object.fromEntries(
      (['from', 'until'] as const)
        .filter((end) => {
          const [day, time] = [plannedDay(this[`${end}Day`]), readTimeOfDay(this[`${end}Time`])!];
          return localMoment(timeZone, day, time) === null;
        })
        .map((end) => [`${end}Time`, 'The clocks go forward that night, and there is no such time: enter another']),
    );
    return Object.keys(errors).length === 0 ? null : errors;
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
  @Trimmed()
  @ValidateBy(
    { name: 'email', validator: { validate: (email) => readEmailAddress(String(email)) !== null } },
    { message: 'Enter an e-mail address such as name@council.gov.uk' },
  )
  readonly email: string = '';
  @Trimmed()
  @ValidateBy(
    { name: 'mobile', validator: { validate: (phone) => phone === '' || mobileIn(String(phone)) !== null } },
    { message: 'Enter a mobile number such as 07700 900123, or none' },
  )
  readonly phone: string = '';
  @Ticked('group', ALERT_GROUPS) readonly groups: readonly AlertGroup[] = [];
  @IsIn(['', 'yes'], REOPEN) readonly worksAgain: string = '';

  toChange(): RotaChange {
    const { person: personId, groups, worksAgain } = this;
    const [email, phone] = [readEmailAddress(this.email)!, mobileIn(this.phone)];
    return { kind: 'set-contact', personId, email, phone, groups, worksAgain: worksAgain === 'yes' };
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
  /** A day of the week that the page showed: it shows that again afterwards. */
  @Hidden() readonly week: string = '';
}

/** A change of the rota as it was sent: what it stands for, or what is wrong with it. */
export type ReadChange =
  { readonly change: RotaChange; readonly errors: null } | { readonly change: null; readonly errors: FormErrors };

export function readChange(kind: keyof typeof FORMS, typed: Typed, zone: string): ReadChange {
  const { form, errors } = readForm<RotaForm>(FORMS[kind], typed);
  if (errors !== null) return { change: null, errors };
  const skipped = form instanceof StretchForm ? form.skippedTimes(zone) : null;
  if (skipped !== null) return { change: null, errors: skipped };
  const change = form.toChange(zone);
  if (isBackwards(change)) return { change: null, errors: { untilDay: 'The end must be after the beginning' } };
  return { change, errors: null };
}

/** A number that takes text messages, in E.164; null for none. */
function mobileIn(written: string): string | null {
  const number = readTelephone(written);
  return number !== null && isMobile(number) ? number : null;
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
