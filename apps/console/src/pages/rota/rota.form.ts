import { ALERT_GROUPS, atLocalTime, plannedDay, WEEKDAYS } from '#domain';
import type { RotaChange } from '#rota';
import { isEmail } from 'class-validator';

export type RotaFormErrors = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, string>>;

interface ReadChange {
  readonly fields: Fields;
  /** Null when something is wrong with it. */
  readonly change: RotaChange | null;
  readonly errors: RotaFormErrors | null;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PHONE = /^\+?[\d ]{10,16}$/;
const TABLES = ['rota_shift', 'rota_cover', 'absence'] as const;

/** Reads one of the forms of the rota's page; which one is in its field `kind`. */
export function readChange(body: unknown, timeZone: string): ReadChange {
  const fields = Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, unknown>)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, value]) => [name, value.trim()]),
  );
  const errors: Record<string, string> = {};
  const wrong = (name: string, message: string) => {
    errors[name] ??= message;
  };
  const field = (name: string) => fields[name] ?? '';
  const chosen = <T extends string>(prefix: string, codes: readonly T[]) =>
    codes.filter((code) => field(`${prefix}.${code}`) === 'yes');
  const personId = () => {
    if (!UUID.test(field('person'))) wrong('person', 'Select a person');
    return field('person');
  };
  const group = () => {
    const found = ALERT_GROUPS.find((code) => code === field('group'));
    if (found === undefined) wrong('group', 'Select a group');
    return found ?? 'duty_team';
  };
  const time = (name: string) => {
    if (!TIME.test(field(name))) wrong(name, 'Enter a time such as 08:30');
    return field(name);
  };
  const instant = (name: string) => {
    try {
      const at = field(`${name}Time`);
      if (TIME.test(at)) return atLocalTime({ timeZone }, plannedDay(field(`${name}Day`)), at);
    } catch {
      // No such day.
    }
    wrong(`${name}Day`, 'Enter a date and a time');
    return Temporal.Instant.fromEpochMilliseconds(0);
  };
  const stretch = () => {
    const [from, until] = [instant('from'), instant('until')];
    if (Object.keys(errors).length === 0 && Temporal.Instant.compare(from, until) >= 0) {
      wrong('untilDay', 'The end must be after the beginning');
    }
    return { from, until };
  };
  const change = ((): RotaChange | null => {
    switch (field('kind')) {
      case 'add-shift': {
        const weekdays = chosen('day', WEEKDAYS);
        if (weekdays.length === 0) wrong('day.mon', 'Select at least one day');
        return {
          kind: 'add-shift',
          group: group(),
          personId: personId(),
          weekdays,
          from: time('from'),
          until: time('until'),
        };
      }
      case 'add-cover':
        return { kind: 'add-cover', group: group(), personId: personId(), ...stretch() };
      case 'add-absence':
        return { kind: 'add-absence', personId: personId(), ...stretch() };
      case 'remove': {
        const what = TABLES.find((table) => table === field('what'));
        if (what === undefined || !UUID.test(field('id'))) return null;
        return { kind: 'remove', what, id: field('id') };
      }
      case 'set-contact': {
        const [email, phone] = [field('email'), field('phone')];
        if (!isEmail(email)) wrong('email', 'Enter an e-mail address such as name@council.gov.uk');
        if (phone !== '' && !PHONE.test(phone)) wrong('phone', 'Enter a mobile number such as 07700 900123, or none');
        const groups = chosen('group', ALERT_GROUPS);
        const worksAgain = field('worksAgain') === 'yes';
        return {
          kind: 'set-contact',
          personId: personId(),
          email,
          phone: phone === '' ? null : phone,
          groups,
          worksAgain,
        };
      }
      default:
        return null;
    }
  })();
  const isWrong = change === null || Object.keys(errors).length > 0;
  return { fields, change: isWrong ? null : change, errors: isWrong ? errors : null };
}
