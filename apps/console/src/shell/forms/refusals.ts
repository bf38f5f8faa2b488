import { Refused, type RefusalCode } from '#platform';

/** An answer that is a page, or the words of one on the form that was sent. */
export interface Explained {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

/** Refusals in words, where the page that they happen on has none of its own. */
export const REFUSALS: Partial<Record<RefusalCode, Explained>> = {
  'already-claimed': {
    status: 409,
    title: 'Somebody else has taken this referral',
    text: 'Its page says who holds it. They can give it back, or a manager can.',
  },
  'not-held-by-you': {
    status: 409,
    title: 'You do not hold this referral any more',
    text: 'Its page says who does.',
  },
  'held-by-someone-else': {
    status: 409,
    title: 'Somebody else holds this referral',
    text: 'They can give it back, or a manager can.',
  },
  'too-late-to-undo': {
    status: 409,
    title: 'It is too late to take this back',
    text: 'Thirty seconds have gone by, or something else has been done since, or a child is in danger and nothing was held back. Ask a manager what to do.',
  },
  'cannot-hold-referrals': {
    status: 409,
    title: 'That person does not work here any more',
    text: 'Choose somebody else.',
  },
  'already-decided': {
    status: 409,
    title: 'This referral has been decided',
    text: 'Its page shows the decision.',
  },
};

/**
 * Runs an act that a form asks for.
 *
 * @returns why the act was refused, in words for the form; null when it is done
 * @throws what is no refusal that a form can show
 */
export async function refusalOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    const explained = error instanceof Refused ? REFUSALS[error.code] : undefined;
    if (explained === undefined) throw error;
    return `${explained.title}. ${explained.text}`;
  }
}
