import { measureOf } from '#domain';
import type { BaselinesPage } from '#oversight';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { MEASURES_WITH_LIMITS } from '../../shell/oversight/share-charts.ts';
import { dayAndTime, monthInWords } from '../../shell/words/words.ts';
import type { BaselineForm } from './baselines.form.ts';

/** A form by which no baseline was begun. */
export interface NotBegun {
  readonly form: BaselineForm;
  readonly errors: FormErrors | null;
  readonly refusal: string;
}

const titleOf = (measure: string) => measureOf(measure)?.title ?? measure;

export function presentBaselines({ baselines, months, now }: BaselinesPage, notBegun: NotBegun | null, zone: string) {
  const errors = notBegun?.errors ?? null;
  const fields = new FormFields(notBegun?.form ?? {}, errors);
  const nothing = { value: '', text: 'Select' };
  const measures = MEASURES_WITH_LIMITS.map((value) => ({ value, text: titleOf(value) }));
  const names = months.map((month) => ({
    value: month.toPlainYearMonth().toString(),
    text: monthInWords(month.toString()),
  }));
  return {
    measure: fields.select('measure', { label: 'Measure' }, [nothing, ...measures]),
    month: fields.select('month', { label: 'First month with new limits' }, [nothing, ...names]),
    reason: fields.textarea(
      'reason',
      {
        label: 'What was changed?',
        hint: 'Such as a new team, a new policy, or another way of counting. It stands beside the chart, with your name.',
      },
      { rows: 3 },
    ),
    errorSummary: errorSummary(errors),
    refusal: notBegun?.refusal ?? '',
    baselines: baselines.map(({ measure, month, reason, by, at }) => ({
      measure: titleOf(measure),
      month: monthInWords(month),
      reason,
      begun: `${by}, ${dayAndTime(at, now, zone)}`,
    })),
  };
}
