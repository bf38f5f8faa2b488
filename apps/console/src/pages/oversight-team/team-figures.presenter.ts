import { instantInWords } from '#domain';
import { PERSON_MEASURES, type TeamFigures } from '#oversight';
import { funnelChart } from '../../shell/charts/funnel-chart.ts';
import { aboutMeasure } from '../../shell/oversight/about.ts';
import { periodOfPeople, personFigures } from '../../shell/oversight/person-figures.ts';
import { dayInWords } from '../../shell/words/words.ts';

/** The figures of the people whom a manager manages, by name. */
export function presentTeamFigures(team: TeamFigures) {
  const { asOf, timeZone, hub, people } = team;
  const figures = personFigures(team);
  return {
    asOf: instantInWords(asOf, timeZone),
    period: periodOfPeople(team),
    columns: ['Person', ...figures.map(({ title }) => title)],
    rows: people.map((one) => ({ name: one.name, cells: figures.map(({ inWords }) => inWords(one)) })),
    ofHub: figures.map(({ inWords }) => inWords(hub)),
    charts: [
      chartOf(team, 'decided-in-one-working-day', 'decided within one working day'),
      chartOf(team, 'decided-in-target', 'decided within the limit of their rating'),
    ],
  };
}

/** Whether people differ by more than chance, each by how many they decided. */
function chartOf({ people, period: { from, to }, asOf, timeZone }: TeamFigures, measure: string, did: string) {
  const place = PERSON_MEASURES.findIndex(({ id }) => id === measure);
  const [first, last] = [from, to.subtract({ days: 1 })].map((day) => dayInWords(day.toString()));
  const period = { words: `Received from ${first} to ${last}`, from, to };
  const subject = `Share of the referrals of each person that were ${did}`;
  return funnelChart({
    about: aboutMeasure(measure, subject, period, { asOf, timeZone, by: 'decider' }),
    did,
    group: { one: 'person', many: 'people' },
    groups: people.map(({ name, lines }) => ({
      label: name,
      numerator: lines[place]!.numerator,
      denominator: lines[place]!.denominator,
    })),
  });
}
