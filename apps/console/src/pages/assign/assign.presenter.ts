import { roleInWords } from '#access';
import { heldBy, type PossibleHolder, type ReadChosen, type ReadHolders } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { RadioItem } from '../../shell/govuk/args.ts';
import { dayAndTime, ratingTag } from '../../shell/words/words.ts';

type Chosen = Awaited<ReturnType<ReadChosen['execute']>>;
type Holders = Awaited<ReturnType<ReadHolders['execute']>>;

/** The referrals that are given to a person, and the fields that say to whom. */
export function presentAssigning(fields: FormFields, chosen: Chosen, { people, now }: Holders, zone: string) {
  const isOne = chosen.length === 1;
  const change = chosen.some(({ holder }) => holder !== null)
    ? { hint: `The person who has ${isOne ? 'it' : 'one of them'} now will not have it any more` }
    : {};
  const whom = { label: `Who is to have ${isOne ? 'it' : 'them'}?`, isLarge: true, ...change };
  const itemOf = (person: PossibleHolder): RadioItem => ({
    value: person.id,
    text: `${person.name} (${roleInWords(person.role)})`,
    hint: { text: `${dutyInWords(person, now, zone)}. ${loadInWords(person)}` },
  });
  return {
    chosen: chosen.map((one) => ({
      ...one,
      child: one.child || 'Name not known',
      tag: ratingTag(one.rating, one.isRatingConfirmed),
    })),
    to: fields.radios('to', whom, people.map(itemOf)),
    note: fields.textarea('note', { label: 'What they should know (optional)', isLarge: true }, { rows: 3 }),
  };
}

function dutyInWords({ isOnDuty, awayUntil }: PossibleHolder, now: Temporal.Instant, zone: string): string {
  if (awayUntil !== null) return `Away until ${dayAndTime(awayUntil, now, zone)}`;
  return isOnDuty ? 'On duty' : 'Not on duty';
}

/** Such as `Has 3: 1 red, 2 green, 1 overdue`. */
function loadInWords(person: PossibleHolder): string {
  const held = heldBy(person);
  if (held === 0) return 'Has no referrals';
  const parts = (['red', 'amber', 'green', 'overdue'] as const).map((name) => [person[name], name] as const);
  const words = parts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
  return `Has ${held}: ${words.join(', ')}`;
}
