import { ALERT_MEASURES, BREAKDOWNS, MEASURES, type Measure } from '#domain';
import { summaryList } from '../../shell/govuk/summary-list.ts';

type AnyMeasure = Omit<Measure, 'count'>;

const KINDS: Readonly<Record<Measure['kind'], string>> = {
  share: 'A share, in per cent with one decimal',
  duration: 'Median and 90th percentile, in minutes. “Not reached” where too many still wait',
  amount: 'An amount',
};

/** Each measure in words, from the definition that counts it. */
export function presentDefinitions() {
  const all: readonly AnyMeasure[] = [...MEASURES, ...ALERT_MEASURES];
  return {
    measures: all.map((measure) => ({
      id: measure.id,
      title: measure.title,
      address: `/oversight/figures/${measure.id}.csv`,
      rows: summaryList([
        { key: 'Who is looked at', value: measure.cohort },
        { key: 'Numerator', value: measure.numerator },
        { key: 'Denominator', value: measure.denominator },
        { key: 'Clock and limit', value: measure.clock },
        { key: 'Left out', value: measure.exclusions },
        { key: 'Given as', value: KINDS[measure.kind] },
        { key: 'Source', value: measure.source },
      ]),
    })),
    breakdowns: BREAKDOWNS.join(', '),
  };
}
