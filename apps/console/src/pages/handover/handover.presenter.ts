import type { ReadHandovers } from '#rota';
import type { NamedReferral } from '#work';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { buttonAbout } from '../../shell/govuk/buttons.ts';
import { FormFields, errorSummary } from '../../shell/forms/form-fields.ts';
import { namedInWords } from '../../shell/referral/named.presenter.ts';
import { clockInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

type Handovers = Awaited<ReturnType<ReadHandovers['execute']>>;

/** A note that could not be added, at the hand-over that it was for. */
export interface RefusedNote {
  readonly handoverId: string;
  readonly note: string;
  /** A reference, or null. */
  readonly about: string | null;
  readonly errors: FormErrors;
}

const TEAMS = { emergency_duty_team: 'the emergency duty team', hub: 'the hub' } as const;

/** Every hand-over with its form for a note: the one whose note was refused shows it, and why. */
export function presentHandovers(
  { handovers, now }: Handovers,
  named: ReadonlyMap<string, NamedReferral>,
  refused: RefusedNote | null,
  zone: string,
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return {
    errorSummary: refused && errorSummary(refused.errors, () => `#note-${refused.handoverId}`),
    handovers: handovers.map((one) => {
      const title = `To ${TEAMS[one.passesTo]}, ${when(one.at)}`;
      const isRefused = one.id === refused?.handoverId;
      const fields = new FormFields(
        isRefused ? { ...refused, about: refused.about ?? '' } : {},
        isRefused ? refused.errors : null,
      );
      const nameOf = (reference: string) => namedInWords(named.get(reference), now, zone);
      return {
        id: one.id,
        title,
        isOpen: one.isOpen,
        state: stateOf(one, when),
        referrals: one.referrals.map((referral) => ({
          ...referral,
          named: nameOf(referral.reference),
          tag: ratingTag(referral.rating, named.get(referral.reference)?.isRatingConfirmed),
          clock: referral.status === 'decided' ? null : clockInWords(referral.dueAt, now, zone),
        })),
        notes: one.notes.map((note) => ({
          ...note,
          at: when(note.at),
          about: note.about === null ? null : { reference: note.about, named: nameOf(note.about) },
        })),
        notesHidden: hiddenInWords(one.notesHidden),
        about: fields.select(
          'about',
          {
            id: `about-${one.id}`,
            label: 'What the note is about',
            hint: 'A note about a restricted record is shown only to those who may open that record.',
          },
          [
            { value: '', text: 'No particular referral' },
            ...one.referrals
              .filter(({ reference }) => named.get(reference)?.child !== null)
              .map(({ reference }) => ({
                value: reference,
                text: [nameOf(reference), reference].filter(Boolean).join(', '),
              })),
          ],
        ),
        note: fields.textarea(
          'note',
          {
            label: 'What the next team must know',
            hint: 'Name no child in a note that is about no particular referral.',
          },
          { id: `note-${one.id}`, rows: 3 },
        ),
        // What is written in the form comes with it.
        accept: {
          ...buttonAbout('Accept', `the hand-over ${title}`),
          attributes: { formaction: `/handover/${one.id}/accept` },
        },
      };
    }),
  };
}

function hiddenInWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? '1 note is about a restricted record.' : `${count} notes are about restricted records.`;
}

function stateOf(
  { acceptedAt, acceptedBy, isOpen }: Handovers['handovers'][number],
  when: (instant: Temporal.Instant) => string,
) {
  if (acceptedAt !== null) {
    return {
      tag: { text: 'Accepted', classes: 'govuk-tag--green' },
      text: `Accepted by ${acceptedBy} ${when(acceptedAt)}`,
    };
  }
  return isOpen
    ? { tag: { text: 'Not accepted', classes: 'govuk-tag--red' }, text: 'No person has accepted it yet.' }
    : { tag: { text: 'Never accepted', classes: 'govuk-tag--red' }, text: 'The hand-over after it has been.' };
}
