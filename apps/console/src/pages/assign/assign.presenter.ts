import { roleInWords, type Staff } from '#access';
import type { ReadChosen } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { ratingTag } from '../../shell/words/words.ts';

type Chosen = Awaited<ReturnType<ReadChosen['execute']>>;
type People = Awaited<ReturnType<Staff['all']>>;

/** The referrals that are given to a person, and the fields that say to whom. */
export function presentAssigning(fields: FormFields, chosen: Chosen, people: People) {
  const isOne = chosen.length === 1;
  const whom = {
    label: `Who is to hold ${isOne ? 'it' : 'them'}?`,
    isLarge: true,
    hint: `The person who holds ${isOne ? 'it' : 'one of them'} now will not hold it any more`,
  };
  return {
    chosen: chosen.map((one) => ({ ...one, child: one.child || 'Name not known', tag: ratingTag(one.rating) })),
    to: fields.select('to', whom, [
      { value: '', text: 'Choose a person' },
      ...people.map(({ id, name, role }) => ({ value: id, text: `${name} (${roleInWords(role)})` })),
    ]),
    note: fields.textarea('note', { label: 'What they should know (optional)', isLarge: true }, { rows: 3 }),
  };
}
