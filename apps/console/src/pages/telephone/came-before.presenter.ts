import { mayHaveCome, PAPER_DAYS } from '#domain';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { saidMoment } from '../../shell/forms/said-moment.ts';
import { dayInWords } from '../../shell/words/words.ts';
import type { TelephoneForm } from './telephone.form.ts';

/** When a referral came that was written on paper while the service was away; null for now, or why that cannot be. */
export function cameBefore(
  { cameDay: day, cameTime: time }: Pick<TelephoneForm, 'cameDay' | 'cameTime'>,
  now: Temporal.Instant,
  zone: string,
): { readonly at: Temporal.Instant | null; readonly error: string | null } {
  const said = saidMoment({ day, time }, now, zone);
  return said.at === null || mayHaveCome(said.at, now)
    ? said
    : { at: null, error: `Say when it came: in the last ${PAPER_DAYS} days, and not later than now` };
}

/** The fields for that: most referrals come now, and have them empty. */
export function presentCameBefore(fields: FormFields, now: Temporal.Instant, zone: string) {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const days = Array.from({ length: PAPER_DAYS + 1 }, (_, ago) => today.subtract({ days: ago }));
  return {
    isOpen: fields.has('cameDay') || fields.has('cameTime'),
    day: fields.select('cameDay', { label: 'The day on which it came' }, [
      { value: '', text: 'Today' },
      ...days.slice(1).map((day) => ({ value: day.toString(), text: dayInWords(day.toString()) })),
    ]),
    time: fields.input('cameTime', {
      label: 'The time at which it came',
      hint: 'Such as 9:10am',
      classes: 'govuk-input--width-10',
    }),
  };
}
