import { faultsOfHistory } from './check-history.ts';
import type { Act, Operation, Result, Stored } from './history.ts';

const ENTRIES = { received: 1, claimed: 0, 'given back': 0, decided: 0 };
const stored = (more: Partial<Stored> = {}): Stored => ({
  ...{ reference: 'R1', keys: ['k1'], holder: null, deciders: [], entries: ENTRIES },
  ...more,
});
const sent = [{ key: 'k1', references: ['R1'] }];
const op = (person: string, act: Act, result: Result, invoked: number, ended = invoked + 1): Operation => ({
  ...{ person, act, result, reference: 'R1', invoked },
  ended: result === 'unknown' ? Infinity : ended,
});
const held = (holder: string, claimed = 1, givenBack = claimed - 1) =>
  stored({ holder, entries: { ...ENTRIES, claimed, 'given back': givenBack } });
const decided = (decider: string, claimed = 1, givenBack = claimed - 1) =>
  stored({ holder: null, deciders: [decider], entries: { ...ENTRIES, claimed, 'given back': givenBack, decided: 1 } });
const faults = (operations: readonly Operation[], end: Stored) => faultsOfHistory(sent, operations, [end]);

describe('the check of a history finds nothing wrong', () => {
  it.each<[string, readonly Operation[], Stored]>([
    ['when nothing was done', [], stored()],
    [
      'when one takes it, another is refused, and the first decides',
      [op('a', 'claim', 'ok', 0), op('b', 'claim', 'fail', 2), op('a', 'decide', 'ok', 4)],
      decided('a'),
    ],
    [
      'when it is given back and another takes it',
      [op('a', 'claim', 'ok', 0), op('a', 'release', 'ok', 2), op('b', 'claim', 'ok', 4)],
      held('b', 2),
    ],
    [
      'when two ask at the same time and one gets it',
      [op('a', 'claim', 'fail', 0, 9), op('b', 'claim', 'ok', 0, 9)],
      held('b'),
    ],
    ['when a person decides what no person holds', [op('a', 'decide', 'ok', 0)], decided('a')],
    ['when an unknown claim was done', [op('a', 'claim', 'unknown', 0), op('b', 'claim', 'fail', 2)], held('a')],
    ['when an unknown claim was not done', [op('a', 'claim', 'unknown', 0), op('b', 'claim', 'ok', 2)], held('b')],
    [
      'when an unknown claim is done later than others',
      [op('a', 'claim', 'unknown', 0), op('b', 'claim', 'ok', 1), op('b', 'release', 'ok', 3)],
      held('a', 2),
    ],
    [
      'when a decision is refused since the page was old',
      [op('a', 'claim', 'ok', 0), op('a', 'decide', 'fail', 2)],
      held('a'),
    ],
  ])('%s', (_, operations, end) => {
    expect(faults(operations, end)).toEqual([]);
  });

  it('when a submission without an answer is stored, is not, or is answered again with the same reference', () => {
    expect(faultsOfHistory([{ key: 'k1', references: [] }], [], [stored()])).toEqual([]);
    expect(faultsOfHistory([{ key: 'k1', references: [] }], [], [])).toEqual([]);
    expect(faultsOfHistory([{ key: 'k1', references: ['R1', 'R1'] }], [], [stored()])).toEqual([]);
  });
});

describe('the check of a history finds', () => {
  it.each<[string, readonly Operation[], Stored]>([
    ['two holders at a time', [op('a', 'claim', 'ok', 0), op('b', 'claim', 'ok', 2)], held('b')],
    [
      'a decision by a person who does not hold it',
      [op('a', 'claim', 'ok', 0), op('b', 'decide', 'ok', 2)],
      decided('b'),
    ],
    ['a decision after another', [op('a', 'decide', 'ok', 0), op('b', 'decide', 'ok', 2)], decided('a')],
    ['a claim that was answered and is gone', [op('a', 'claim', 'ok', 0)], stored()],
    ['a claim of a decided referral', [op('a', 'decide', 'ok', 0), op('b', 'claim', 'ok', 2)], decided('a')],
    ['a refusal although no person held it', [op('a', 'claim', 'fail', 0)], stored()],
    ['a holder who never asked', [op('a', 'claim', 'unknown', 0)], held('b')],
    [
      'an unknown claim that is done and then undone',
      [op('a', 'claim', 'unknown', 0), op('b', 'claim', 'fail', 2), op('c', 'claim', 'ok', 4)],
      held('c'),
    ],
    ['a decision that a client saw refused', [op('a', 'decide', 'fail', 0)], decided('a')],
  ])('%s', (_, operations, end) => {
    expect(faults(operations, end)).toEqual([expect.stringMatching(/^No order: R1/)]);
  });

  it('a referral that was answered and is not there', () => {
    expect(faultsOfHistory(sent, [], [])).toEqual(['Lost: R1 was answered with 201 and is not in the database.']);
  });

  it('a referral that is there twice', () => {
    expect(faultsOfHistory(sent, [], [stored(), stored({ reference: 'R2' })])).toEqual([
      'Doubled: k1 has two referrals.',
    ]);
    expect(faultsOfHistory([{ key: 'k1', references: ['R1', 'R2'] }], [], [stored()])).toEqual(
      expect.arrayContaining(['Doubled: one key (k1) was answered with R1 and R2.']),
    );
  });

  it('a referral that no client sent, and one that was answered to the wrong client', () => {
    const strange = stored({ reference: 'R2', keys: ['k2'] });
    expect(faultsOfHistory(sent, [], [stored(), strange])).toEqual([
      'Of nothing: R2 was not sent under one key of a client.',
    ]);
    const both = [...sent, { key: 'k2', references: ['R1'] }];
    expect(faultsOfHistory(both, [], [stored(), strange])).toEqual([
      'Mixed up: R1 was answered to a key that is not its own.',
    ]);
  });

  it('two decisions, and a record that has more or fewer acts than there were', () => {
    const twice = stored({ deciders: ['a', 'a'], entries: { ...ENTRIES, claimed: 1, decided: 2 } });
    expect(faults([], twice)).toEqual(['Decided twice: R1 by a and a.']);
    const operations = [op('a', 'claim', 'ok', 0)];
    expect(faults(operations, held('a', 2, 0))).toEqual(['Record: R1 was taken 2 times and given back 0 times.']);
    expect(faults(operations, held('a', 0, 0))).toEqual(['Record: R1 was taken 0 times and given back 0 times.']);
    expect(faults([op('a', 'decide', 'ok', 0)], { ...decided('a'), entries: { ...ENTRIES, claimed: 1 } })).toEqual([
      'Record: R1 has 1 decisions and 0 entries of them.',
    ]);
    expect(faults([], stored({ entries: { ...ENTRIES, received: 0 } }))).toEqual(['Record: R1 was received 0 times.']);
  });
});
