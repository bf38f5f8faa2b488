import type { Queue, QueueLine } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { ratingTag } from '../../shell/words/words.ts';

/** What a person holds at the end of their shift: for each referral a field that says where it goes. */
export function presentShift(
  fields: FormFields,
  { lines, now }: Pick<Queue, 'lines' | 'now'>,
  colleagues: readonly { readonly id: string; readonly name: string }[],
  zone: string,
) {
  const goesTo = [
    { value: '', text: 'Back on the queue' },
    ...colleagues.map(({ id, name }) => ({ value: id, text: name })),
  ];
  const note = {
    label: 'What the next person should know (optional)',
    isLarge: true,
    hint: 'It stays on the timeline of each of these referrals',
  };
  return {
    held: lines.filter(canBeLetGo).map((line) => ({
      reference: line.reference,
      goesTo: fields.select(line.reference, { label: `Where ${line.reference} goes` }, goesTo),
      child: line.child || 'Name not known',
      rating: ratingTag(line.rating, line.firstRatedAt !== null),
      clock: runningClocks(line, now, zone)[0],
    })),
    note: fields.textarea('note', note, { rows: 3 }),
    awaitingSignOff: lines.filter((line) => !canBeLetGo(line)).length,
  };
}

/** A manager decides about what waits for sign-off. */
function canBeLetGo({ status }: QueueLine): boolean {
  return status === 'awaiting_decision';
}
