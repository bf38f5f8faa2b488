import { allDone, Gathered, togetherOrApart } from './gathered.ts';

/** Work that is under way until it is let go, batch by batch. */
function heldWork() {
  const batches: {
    readonly all: readonly number[];
    readonly letGo: () => void;
    readonly fail: (why: Error) => void;
  }[] = [];
  const work = (all: readonly number[]) =>
    new Promise<ReturnType<typeof allDone<string>>>((resolve, reject) => {
      batches.push({ all, letGo: () => resolve(allDone(all.map(String))), fail: reject });
    });
  return { batches, work };
}
const aTurn = () => new Promise((resolve) => setImmediate(resolve));
const asked = (batches: readonly { readonly all: readonly number[] }[]) => batches.map(({ all }) => all);

describe('gathered work', () => {
  it('begins with the first that asks, and does those that ask meanwhile together', async () => {
    const { batches, work } = heldWork();
    const gathered = new Gathered(work, 32, 1);
    const first = gathered.ask(1);
    await aTurn();
    const others = [2, 3, 4].map((one) => gathered.ask(one));
    await aTurn();
    expect(asked(batches)).toEqual([[1]]);
    batches[0]!.letGo();
    expect(await first).toBe('1');
    await aTurn();
    expect(asked(batches)).toEqual([[1], [2, 3, 4]]);
    batches[1]!.letGo();
    expect(await Promise.all(others)).toEqual(['2', '3', '4']);
  });

  it('does no more at once, and no more batches at the same time, than it may', async () => {
    const { batches, work } = heldWork();
    const gathered = new Gathered(work, 2, 2);
    const all = Promise.all([1, 2, 3, 4, 5].map((one) => gathered.ask(one)));
    await aTurn();
    await aTurn();
    expect(asked(batches)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    batches[1]!.letGo();
    await aTurn();
    await aTurn();
    expect(asked(batches)[2]).toEqual([5]);
    batches.forEach(({ letGo }) => letGo());
    expect(await all).toEqual(['1', '2', '3', '4', '5']);
  });

  it('fails all of a batch whose work fails, and goes on with the next', async () => {
    const { batches, work } = heldWork();
    const gathered = new Gathered(work, 2, 1);
    const all = Promise.allSettled([1, 2, 3].map((one) => gathered.ask(one)));
    await aTurn();
    batches[0]!.fail(new Error('away'));
    await aTurn();
    await aTurn();
    batches[1]!.letGo();
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});

describe('what is done together or apart', () => {
  const outcomes = async (bad: readonly number[], isOfOne = true) => {
    const stored: number[] = [];
    const together = async (some: readonly number[]) => {
      if (some.some((one) => bad.includes(one))) throw new Error(`one of ${some.join()}`);
      stored.push(...some);
      return some.map(String);
    };
    const ended = await togetherOrApart([1, 2, 3, 4, 5, 6, 7], together, () => isOfOne);
    return { stored, failed: ended.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : [])) };
  };

  it.each([[[]], [[1]], [[4]], [[7]], [[2, 3]], [[1, 4, 7]], [[1, 2, 3, 4, 5, 6, 7]]])(
    'fails for %j alone, and is done once for the others, in their order',
    async (bad) => {
      const others = [1, 2, 3, 4, 5, 6, 7].filter((one) => !bad.includes(one as never));
      expect(await outcomes(bad)).toEqual({ stored: others, failed: bad });
    },
  );

  it('fails for all without another try when the failure is that of all', async () => {
    expect(await outcomes([4], false)).toEqual({ stored: [], failed: [1, 2, 3, 4, 5, 6, 7] });
  });
});
