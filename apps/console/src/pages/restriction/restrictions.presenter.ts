import type { GlassFinding } from '#domain';
import type { GlassLine, Restrictions } from '#restrictions';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { CATEGORY_WORDS, type Sent } from './restriction.presenter.ts';

const FINDING_WORDS: Readonly<Record<GlassFinding, string>> = {
  was_needed: 'It was needed',
  was_not_needed: 'It was not needed',
};

/** The list of restrictions, and of records that were opened in an emergency. */
export function presentRestrictions({ restrictions, glass, now }: Restrictions, sent: Sent, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return {
    restrictions: restrictions.map((one) => ({
      reference: one.reference,
      // Who may not open it may not manage it either.
      href: one.isOpen ? `/referrals/${one.reference}/restriction` : null,
      category: CATEGORY_WORDS[one.category],
      covers: one.covers,
      people: one.people,
      review: when(one.reviewAt),
      isReviewDue: Temporal.Instant.compare(one.reviewAt, now) <= 0,
    })),
    toReview: glass.filter(({ finding }) => finding === null).map((one) => presentGlass(one, sent, when, now)),
    reviewed: glass
      .filter(({ finding }) => finding !== null)
      .map((one) => ({
        ...presentGlass(one, { typed: {}, errors: null }, when, now),
        found: FINDING_WORDS[one.finding!],
        words: one.words,
        reviewed: `${one.reviewedBy}, ${when(one.reviewedAt!)}`,
      })),
    errorSummary: errorSummary(sent.errors, (name) => `#${name}-${String(sent.typed['glass'])}`),
  };
}

function presentGlass(one: GlassLine, sent: Sent, when: (instant: Temporal.Instant) => string, now: Temporal.Instant) {
  const own = sent.typed['glass'] === one.id ? sent : { typed: {}, errors: null };
  const fields = new FormFields(own.typed, own.errors);
  return {
    id: one.id,
    reference: one.reference,
    by: one.by,
    isOwn: one.isOwn,
    at: when(one.at),
    reason: one.reason,
    opened: one.opened,
    due: one.dueAt === null ? null : when(one.dueAt),
    isOverdue: one.dueAt !== null && Temporal.Instant.compare(one.dueAt, now) <= 0,
    finding: fields.radios(
      'finding',
      { id: `finding-${one.id}`, label: 'Was it needed?' },
      Object.entries(FINDING_WORDS).map(([value, text]) => ({ value, text })),
    ),
    words: fields.textarea('words', { id: `words-${one.id}`, label: 'What did you find?' }, { rows: 3 }),
  };
}
