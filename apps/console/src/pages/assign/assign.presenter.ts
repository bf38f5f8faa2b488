import { roleInWords } from '#access';
import { hasRoom, shareAfter } from '#domain';
import { heldBy, type PossibleHolder, type ReadChosen, type ReadHolders } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { RadioItem } from '../../shell/govuk/args.ts';
import { RESTRICTED } from '../../shell/referral/named.presenter.ts';
import { dayAndTime, ratingTag } from '../../shell/words/words.ts';

type Chosen = Awaited<ReturnType<ReadChosen['execute']>>;
type Holders = Awaited<ReturnType<ReadHolders['execute']>>;

/** The referrals that are given to a person, and the fields that say to whom. */
export function presentAssigning(fields: FormFields, chosen: Chosen, holders: Holders, zone: string) {
  const { people, now, expected } = holders;
  const isOne = chosen.length === 1;
  const change = chosen.some(({ holder }) => holder !== null)
    ? { hint: `The person who has ${isOne ? 'it' : 'one of them'} now will not have it any more` }
    : {};
  const whom = { label: `Who is to have ${isOne ? 'it' : 'them'}?`, isLarge: true, ...change };
  const itemOf = (person: PossibleHolder): RadioItem => ({
    value: person.id,
    text: `${person.name} (${roleInWords(person.role)})`,
    hint: {
      text: [
        knowingInWords(person, now, zone),
        `${dutyInWords(person, now, zone)}.`,
        `${loadInWords(person)}.`,
        shareInWords(person, holders),
      ]
        .filter((words) => words !== '')
        .join(' '),
    },
  });
  return {
    chosen: chosen.map((one) => ({
      ...one,
      child: one.child === null ? RESTRICTED : one.child || 'Name not known',
      tag: ratingTag(one.rating, one.isRatingConfirmed),
    })),
    to: fields.radios('to', whom, people.map(itemOf)),
    because: fields.textarea(
      'because',
      {
        label: 'Why this person?',
        hint:
          expected === null
            ? 'Only if they have no room for it'
            : 'If it is not a person who knows the child, or they have no room for it',
      },
      { rows: 2 },
    ),
    note: fields.textarea('note', { label: 'What they should know (optional)', isLarge: true }, { rows: 3 }),
  };
}

/** Such as `Knows the child from MASH-7K3F-9QXT, 10am on Monday 2 March.` */
function knowingInWords({ knows }: PossibleHolder, now: Temporal.Instant, zone: string): string {
  if (knows === null) return '';
  const whom = knows.knows === 'child' ? 'child' : 'family';
  return `Knows the ${whom} from ${knows.reference}, ${dayAndTime(knows.at, now, zone)}.`;
}

/** Such as `14 of 60 points; 27 % after this.` */
function shareInWords(person: PossibleHolder, { given }: Holders): string {
  const after = Math.round(shareAfter(person, given) * 100);
  const room = hasRoom(person, given) ? '' : ': more than they may have';
  return `${person.points} of ${person.cap} points; ${after} % after this${room}.`;
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
