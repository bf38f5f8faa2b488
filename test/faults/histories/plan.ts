import fc from 'fast-check';
import type { Act } from './history.ts';

/** The processes that are killed. */
export const PROCESSES = ['first api', 'second api', 'console', 'first worker', 'second worker'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** What a person does, to which of the round's referrals. */
export interface Step {
  readonly act: Act;
  readonly which: number;
}

/** A process is killed so long after the round has begun. */
export interface Kill {
  readonly process: ProcessName;
  readonly afterMs: number;
}

/** What happens in a round: referrals are sent, people work on them at the same time, and processes are killed. */
export interface Round {
  /** Of each referral, by which api it is sent, and by which again where no answer came. */
  readonly sentBy: readonly { readonly first: 0 | 1; readonly again: 0 | 1 | null }[];
  /** What each person does, one after the other. */
  readonly people: readonly (readonly Step[])[];
  readonly kills: readonly Kill[];
}

const step = fc.record<Step>({
  act: fc.oneof({ weight: 4, arbitrary: fc.constant('claim') }, { weight: 2, arbitrary: fc.constant('release') }, { weight: 1, arbitrary: fc.constant('decide') }), // prettier-ignore
  which: fc.nat(2),
});

const round = (people: number): fc.Arbitrary<Round> =>
  fc.record({
    sentBy: fc.array(fc.record({ first: fc.constantFrom(0, 1), again: fc.constantFrom(0, 1, null) }), {
      minLength: 3,
      maxLength: 3,
    }),
    people: fc.array(fc.array(step, { minLength: 3, maxLength: 8, size: 'max' }), {
      minLength: people,
      maxLength: people,
    }),
    kills: fc.array(fc.record({ process: fc.constantFrom(...PROCESSES), afterMs: fc.nat(900) }), {
      minLength: 1,
      maxLength: 3,
    }),
  });

/** The rounds of a seed: always the same. How long each process takes is not in them. */
export function roundsOf(seed: number, count: number, people: number): readonly Round[] {
  return fc.sample(round(people), { seed, numRuns: count });
}
