import type { Operation, Stored, Submission } from './history.ts';

/** Whether a referral was decided, and who holds it. */
interface Standing {
  readonly holder: string | null;
  readonly decider: string | null;
}

const NO_ENTRIES = { received: 0, claimed: 0, 'given back': 0, decided: 0 } as const;

/**
 * Compares what clients saw with what the database has.
 *
 * @returns a line for each thing that must not be; empty when all is well
 */
export function faultsOfHistory(
  submissions: readonly Submission[],
  operations: readonly Operation[],
  stored: readonly Stored[],
): readonly string[] {
  return [
    ...faultsOfSubmissions(submissions, stored),
    ...stored.flatMap((referral) =>
      faultsOfReferral(
        referral,
        operations.filter(({ reference }) => reference === referral.reference),
      ),
    ),
  ];
}

/** No referral is lost, doubled or made of nothing, and each unknown submission was stored once or not at all. */
function faultsOfSubmissions(submissions: readonly Submission[], stored: readonly Stored[]): readonly string[] {
  const byReference = new Map(stored.map((one) => [one.reference, one]));
  const sent = new Set(submissions.map(({ key }) => key));
  const lost = submissions.flatMap(({ key, references }) =>
    [...new Set(references)].flatMap((reference) => {
      const found = byReference.get(reference);
      if (found === undefined) return `Lost: ${reference} was answered with 201 and is not in the database.`;
      return found.keys.includes(key) ? [] : `Mixed up: ${reference} was answered to a key that is not its own.`;
    }),
  );
  const answeredTwice = submissions
    .filter(({ references }) => new Set(references).size > 1)
    .map(
      ({ key, references }) => `Doubled: one key (${key}) was answered with ${[...new Set(references)].join(' and ')}.`,
    );
  const keys = stored.flatMap((one) => one.keys);
  const doubled = keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `Doubled: ${key} has two referrals.`);
  const strange = stored.flatMap(({ reference, keys: own }) =>
    own.length === 1 && sent.has(own[0]!) ? [] : `Of nothing: ${reference} was not sent under one key of a client.`,
  );
  return [...lost, ...answeredTwice, ...doubled, ...strange];
}

function faultsOfReferral(
  { reference, holder, deciders, entries }: Stored,
  operations: readonly Operation[],
): readonly string[] {
  const isHeld = deciders.length > 0 || holder !== null ? 1 : 0;
  const counted = { ...NO_ENTRIES, ...entries };
  const faults: string[] = [];
  if (deciders.length > 1) faults.push(`Decided twice: ${reference} by ${deciders.join(' and ')}.`);
  if (counted.received !== 1) faults.push(`Record: ${reference} was received ${counted.received} times.`);
  if (counted.decided !== deciders.length) {
    faults.push(`Record: ${reference} has ${deciders.length} decisions and ${counted.decided} entries of them.`);
  }
  if (counted.claimed - counted['given back'] !== isHeld) {
    faults.push(
      `Record: ${reference} was taken ${counted.claimed} times and given back ${counted['given back']} times.`,
    );
  }
  if (deciders.length < 2 && !isPossible(operations, { holder, decider: deciders[0] ?? null })) {
    const seen = operations
      .toSorted((one, other) => one.invoked - other.invoked)
      .map(
        ({ act, person, result, invoked, ended }) =>
          `${person} ${act} ${result} ${invoked.toFixed(0)}-${ended.toFixed(0)}`,
      );
    faults.push(`No order: ${reference}, held by ${holder}, decided by ${deciders[0] ?? null}: ${seen.join('; ')}.`);
  }
  return faults;
}

/**
 * Whether there is an order of the operations, one after the other, in which each was as its client saw it, which ends as
 * the database did. An operation that ended before another was invoked comes before it; an unknown one may have been done
 * or not. In such an order one person at most holds a referral, and a decision is by the holder, or by a person who takes
 * it by deciding when no person holds it.
 *
 * The search is that of Wing and Gong, with what is known not to lead anywhere remembered (Lowe).
 */
function isPossible(operations: readonly Operation[], end: Standing): boolean {
  const left = new Set(operations.keys());
  const leadNowhere = new Set<string>();
  const go = (standing: Standing): boolean => {
    const waiting = [...left];
    const isOver = waiting.every((at) => operations[at]!.result === 'unknown');
    // A decided referral has its decider; who held it does not matter any more.
    if (isOver && standing.decider === end.decider && (end.decider !== null || standing.holder === end.holder))
      return true;
    const known = `${waiting.join()}|${standing.holder}|${standing.decider}`;
    if (leadNowhere.has(known)) return false;
    const firstEnd = Math.min(...waiting.map((at) => operations[at]!.ended));
    for (const at of waiting.filter((one) => operations[one]!.invoked <= firstEnd)) {
      for (const next of after(standing, operations[at]!)) {
        left.delete(at);
        if (go(next)) return true;
        left.add(at);
      }
    }
    leadNowhere.add(known);
    return false;
  };
  return go({ holder: null, decider: null });
}

/** What may follow from an operation that had the result that its client saw; nothing where it cannot have had it. */
function after(standing: Standing, { act, person, result }: Operation): readonly Standing[] {
  const done = effectOf(standing, act, person);
  if (result === 'ok') return done === null ? [] : [done];
  if (result === 'unknown') return done === null ? [standing] : [done, standing];
  // A decision is refused as well when the referral has changed since its page was opened.
  return done === null || act === 'decide' ? [standing] : [];
}

/** @returns null when the hub must refuse it */
function effectOf({ holder, decider }: Standing, act: Operation['act'], person: string): Standing | null {
  if (decider !== null) return null;
  const mayAct = holder === null || holder === person;
  if (!mayAct) return null;
  if (act === 'claim') return { holder: person, decider };
  if (act === 'release') return { holder: null, decider };
  return { holder: person, decider: person };
}
