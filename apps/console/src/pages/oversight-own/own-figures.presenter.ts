import { instantInWords } from '#domain';
import type { OwnFigures } from '#oversight';
import { periodOfPeople, personFigures } from '../../shell/oversight/person-figures.ts';

/** A person's figures beside those of the hub. */
export function presentOwnFigures(figures: OwnFigures) {
  const { asOf, timeZone, own, hub } = figures;
  return {
    asOf: instantInWords(asOf, timeZone),
    period: periodOfPeople(figures),
    hasDecided: own.decisions.made > 0,
    rows: personFigures(figures).map(({ title, counts, inWords }) => ({
      ...{ title, counts },
      own: inWords(own),
      hub: inWords(hub),
    })),
  };
}
