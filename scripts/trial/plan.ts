import fc from 'fast-check';
import { RATINGS, OUTCOMES, type Outcome, type Rating } from '#domain';

/** What happens to the hub in a trial. `which` is counted round among the referrals that it can happen to. */
export type Act =
  | { readonly kind: 'submit'; readonly scenario: number }
  | { readonly kind: 'rate'; readonly which: number; readonly to: Rating }
  | { readonly kind: 'claim' | 'give-back' | 'acknowledge'; readonly which: number }
  /** An agency is asked about a referral, answers, also after the decision, or is not asked any more. */
  | { readonly kind: 'ask'; readonly which: number }
  | { readonly kind: 'answer' | 'withdraw'; readonly which: number }
  /** How a strategy discussion went is recorded; those whom a family was sent to answer; a family is sent on. */
  | { readonly kind: 'hold discussion' | 'accept route' | 'return route' | 'send on'; readonly which: number }
  /** A person says of two children that they are one, or not, or takes it back. */
  | { readonly kind: 'join children' | 'keep apart'; readonly which: number; readonly withWhich: number }
  | { readonly kind: 'part children'; readonly which: number }
  | { readonly kind: 'decide'; readonly which: number; readonly outcome: Outcome }
  | { readonly kind: 'sign-off'; readonly which: number; readonly result: 'agreed' | 'returned' }
  /** Onto the next due instant but so many, to a millisecond before it, or by so many minutes. */
  | { readonly kind: 'move'; readonly how: 'onto' | 'just before'; readonly next: number }
  | { readonly kind: 'move'; readonly how: 'by'; readonly minutes: number }
  | { readonly kind: 'new calendar'; readonly closedInDays: number }
  | { readonly kind: 'new policy'; readonly variant: number }
  | { readonly kind: 'accept hand-over' };

/** What has to be done before an act is possible. */
export function beforeThat(act: Act): Act | null {
  if (act.kind === 'give-back') return { kind: 'claim', which: act.which };
  if (act.kind === 'claim') return { kind: 'give-back', which: act.which };
  if (act.kind === 'answer' || act.kind === 'withdraw') return { kind: 'ask', which: act.which };
  if (act.kind === 'hold discussion') return { kind: 'decide', which: act.which, outcome: 'strategy_discussion' };
  if (act.kind === 'send on') return { kind: 'decide', which: act.which, outcome: 'early_help' };
  if (act.kind === 'accept route') return { kind: 'decide', which: act.which, outcome: 'edge_of_care' };
  if (act.kind === 'return route') return { kind: 'decide', which: act.which, outcome: 'refer_to_lado' };
  if (act.kind === 'part children') return { kind: 'join children', which: act.which, withWhich: act.which + 1 };
  if (act.kind === 'sign-off') return { kind: 'decide', which: act.which, outcome: 'no_further_action' };
  return act.kind === 'acknowledge' ? { kind: 'move', how: 'onto', next: 0 } : null;
}

/** When a fault strikes: before the act, or at a point of what the process sends to PostgreSQL after it. */
export const POINTS = {
  'at once': [],
  'firing': ['INSERT INTO alert'],
  'committing what it fired': ['INSERT INTO alert', 'COMMIT'],
  'leasing messages': [`SET state = 'sending'`],
  'committing the lease': [`SET state = 'sending'`, 'COMMIT'],
  'recording what was sent': ['accepted_at = $3'],
  're-arming': ['SET decision_due_at'],
} as const satisfies Record<string, readonly string[]>; // prettier-ignore
export type Point = keyof typeof POINTS;

/** 0 and 1 are the workers, 2 is the watchdog. */
export type Target = 0 | 1 | 2;

interface Strike {
  readonly target: Target;
  readonly point: Point;
  /** Whether what the process was sending at that point still reaches PostgreSQL. */
  readonly forwarded: boolean;
}

export type Fault =
  | (Strike & { readonly kind: 'kill'; readonly restart: 'at once' | 'at the end'; readonly skewMinutes: number })
  | (Strike & { readonly kind: 'stop process' | 'partition'; readonly forMs: number })
  | (Strike & { readonly kind: 'cut' | 'half-open' })
  | { readonly kind: 'cut all' | 'flush redis' }
  | { readonly kind: 'stop postgres'; readonly forMs: number };

export interface Step {
  readonly act: Act;
  readonly fault: Fault | null;
  /** Whether the runner fires as well, at the same time as the workers. */
  readonly helps: boolean;
}

export interface Plan {
  /** The trial begins at the next such local time of a week. */
  readonly weekday: number;
  readonly minuteOfDay: number;
  readonly steps: readonly Step[];
}

const which = fc.nat(9);
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const constant = <const T>(value: T) => fc.constant(value);

const submit: fc.Arbitrary<Act> = fc.record({ kind: constant('submit'), scenario: fc.nat(39) });

const act: fc.Arbitrary<Act> = fc.oneof(
  often(4, submit),
  often(3, fc.record({ kind: constant('rate'), which, to: fc.constantFrom(...RATINGS) })),
  often(2, fc.record({ kind: constant('claim'), which })),
  often(3, fc.record({ kind: constant('give-back'), which })),
  often(4, fc.record({ kind: constant('acknowledge'), which })),
  often(3, fc.record({ kind: constant('ask'), which })),
  often(2, fc.record({ kind: constant('answer'), which })),
  often(1, fc.record({ kind: constant('withdraw'), which })),
  often(3, fc.record({ kind: constant('hold discussion'), which })),
  often(2, fc.record({ kind: constant('accept route'), which })),
  often(3, fc.record({ kind: constant('return route'), which })),
  often(3, fc.record({ kind: constant('send on'), which })),
  often(3, fc.record({ kind: constant('join children'), which, withWhich: which })),
  often(1, fc.record({ kind: constant('keep apart'), which, withWhich: which })),
  often(3, fc.record({ kind: constant('part children'), which })),
  often(2, fc.record({ kind: constant('decide'), which, outcome: fc.constantFrom(...OUTCOMES) })),
  often(2, fc.record({ kind: constant('sign-off'), which, result: fc.constantFrom('agreed', 'returned') })),
  often(6, fc.record({ kind: constant('move'), how: constant('onto'), next: fc.constantFrom(0, 0, 0, 1, 2, 3) })),
  often(2, fc.record({ kind: constant('move'), how: constant('just before'), next: fc.constantFrom(0, 0, 1, 2) })),
  often(2, fc.record({ kind: constant('move'), how: constant('by'), minutes: fc.integer({ min: 1, max: 240 }) })),
  often(1, fc.record({ kind: constant('move'), how: constant('by'), minutes: fc.integer({ min: 1, max: 5760 }) })),
  often(1, fc.record({ kind: constant('new calendar'), closedInDays: fc.nat(5) })),
  often(1, fc.record({ kind: constant('new policy'), variant: fc.nat(5) })),
  often(1, fc.record({ kind: constant('accept hand-over') })),
);

const strike = {
  target: fc.constantFrom<Target>(0, 0, 0, 1, 1, 1, 2),
  point: fc.constantFrom(...(Object.keys(POINTS) as Point[])),
  forwarded: fc.boolean(),
};

const fault: fc.Arbitrary<Fault> = fc.oneof(
  often(
    4,
    fc.record({
      ...strike,
      kind: constant('kill'),
      restart: fc.constantFrom('at once', 'at once', 'at the end'),
      skewMinutes: fc.constantFrom(0, 0, -10, 10),
    }),
  ),
  often(
    4,
    fc.record({ ...strike, kind: fc.constantFrom('stop process', 'partition'), forMs: fc.integer({ min: 1, max: 900 }) }),
  ),
  often(1, fc.record({ ...strike, kind: constant('stop process'), forMs: fc.integer({ min: 900, max: 8_000 }) })),
  often(5, fc.record({ ...strike, kind: constant('cut') })),
  often(3, fc.record({ ...strike, kind: constant('half-open') })),
  often(2, fc.record({ kind: constant('cut all') })),
  often(3, fc.record({ kind: constant('flush redis') })),
  often(1, fc.record({ kind: constant('stop postgres'), forMs: fc.integer({ min: 1, max: 600 }) })),
); // prettier-ignore

const mostlyNone = fc.oneof(often(4, fc.constant(null)), often(1, fault));
const step = (of: fc.Arbitrary<Act>): fc.Arbitrary<Step> =>
  fc.record({ act: of, fault: mostlyNone, helps: fc.constantFrom(true, false, false) });

const plan: fc.Arbitrary<Plan> = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  minuteOfDay: fc.oneof(often(3, fc.integer({ min: 8 * 60, max: 17 * 60 })), often(1, fc.nat(1439))),
  // Six to eighteen, the first of which gives the others something to happen to.
  steps: fc
    .tuple(step(submit), fc.array(step(act), { minLength: 5, maxLength: 17, size: 'max' }))
    .map(([first, others]) => [first, ...others]),
});

/** The trial of a seed: always the same. */
export function planOf(seed: number): Plan {
  return fc.sample(plan, { seed, numRuns: 1 })[0]!;
}
