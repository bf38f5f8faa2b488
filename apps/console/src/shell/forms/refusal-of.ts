import { Refused } from '#platform';

/**
 * Runs an act that a form asks for.
 *
 * @returns why the act was refused, in words for the form; null when it is done
 * @throws Refused `not-found`, of which no form says anything, and every error that is no refusal
 */
export async function refusalOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (!(error instanceof Refused) || error.code === 'not-found') throw error;
    return `${error.refusal.title}. ${error.refusal.text}`;
  }
}
