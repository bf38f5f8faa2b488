import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { EndJudgement, JudgeChildren, LookForChildren, ReadKnownChildren } from '#children';
import { sql, SERVICE } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
let minute = 0;
beforeEach(async () => {
  minute = 0;
  await hub.reset();
});
afterAll(() => hub.drop());

const MIA = {
  firstName: 'Mia',
  lastName: 'Marsden-Pyke',
  dateOfBirth: '2019-03-14',
  sex: 'F',
  address: { postcode: 'OL6 7AB' },
};
/** As another agency wrote her: no number, no name and no key of the old links is equal. */
const MIA_ELSEWHERE = { ...MIA, lastName: 'Pyke' };
/** A minute after the one before, so that it is the later one. */
const refer = (...children: object[]) => referWith({}, ...children);
const referWith = async (more: object, ...children: object[]) => {
  minute += 1;
  await hub.moveTo(`2026-11-23T10:${String(minute).padStart(2, '0')}`);
  const reference = await hub.submit({ ...aRoutineAmber(), ...more, children });
  await hub.linkEarlier(reference);
  return reference;
};
const at = (reference: string, position = 0) => ({ reference, position });
const judge = (isSame: boolean, one: string, other: string, by = hub.socialWorker) =>
  hub.whole.get(JudgeChildren).execute({ one: at(one), other: at(other), isSame, formId: randomUUID(), by });
const known = (reference: string) => hub.whole.get(ReadKnownChildren).ofChild(at(reference), hub.socialWorker);
const end = (judgement: string, reason = 'Another date of birth, says the school.') =>
  hub.whole.get(EndJudgement).execute({ judgement, reason, formId: randomUUID(), by: hub.socialWorker });
const elsewhere = async (reference: string) => (await known(reference)).elsewhere.map((one) => one.reference).sort();
const candidates = async (reference: string) => (await known(reference)).candidates.map((one) => one.reference).sort();
const earlier = async (reference: string) => (await hub.read(reference)).earlier.map((one) => one.reference).sort();

describe('a child who comes in', () => {
  it('is offered the child of an earlier referral, with the reasons, and is joined with none', async () => {
    const [first, second] = [await refer(MIA), await refer(MIA_ELSEWHERE)];
    const page = await known(second);
    expect(page.candidates).toMatchObject([
      {
        ...{ reference: first, band: 'probable' },
        reasons: ['born_same', 'first_name_same', 'last_name_part', 'postcode_same'],
      },
    ]);
    expect([page.elsewhere, await earlier(second)]).toEqual([[], []]);
    expect(await candidates(first)).toEqual([second]);
  });

  it('is not offered the known child when it is a twin of it', async () => {
    const first = await refer(MIA);
    expect(await candidates(await refer({ ...MIA, firstName: 'Lily' }))).toEqual([]);
    expect(await candidates(first)).toEqual([]);
  });

  it.each([
    ['the earlier', { withholdFromFamily: 'Where she lives.' }, {}],
    ['the later', {}, { concern: { ...aRoutineAmber().concern, summary: 'They live in a refuge.' } }],
  ])('is offered without a word of the postcode where %s referral keeps its address', async (_, earlier, later) => {
    const first = await referWith(earlier, MIA);
    const second = await referWith(later, MIA_ELSEWHERE);
    const [one] = (await known(second)).candidates;
    expect(one).toMatchObject({ reference: first, band: 'probable' });
    expect(one!.reasons.filter((reason) => reason.startsWith('postcode'))).toEqual([]);
  });

  it.each(['OL6 7AB', 'OL6 7XX', 'M1 1AA'])(
    'of a call is offered with no word of the postcode %s where the address of the child is kept',
    async (postcode) => {
      await referWith({ withholdFromFamily: 'Where she lives.' }, MIA);
      const sought = { ...MIA_ELSEWHERE, address: { postcode } } as const;
      const { candidates: found } = await hub.whole.get(LookForChildren).execute([sought], hub.socialWorker);
      expect(found.map(({ band, reasons }) => [band, reasons.filter((one) => one.startsWith('postcode'))])).toEqual([
        ['probable', []],
      ]);
    },
  );
});

describe('children of whom a person says that they are one', () => {
  it('are one in both referrals, and each earlier referral counts as one', async () => {
    const [first, second, third] = [await refer(MIA), await refer(MIA_ELSEWHERE), await refer({ ...MIA, sex: 'M' })];
    await judge(true, second, first);
    await judge(true, third, second);
    expect(await elsewhere(first)).toEqual([second, third].sort());
    expect(await candidates(first)).toEqual([]);
    expect(await earlier(third)).toEqual([first, second].sort());
    const { timeline } = await hub.read(second);
    expect(timeline.filter(({ act }) => act === 'child.joined')).toHaveLength(2);
  });

  it('are parted exactly as they were, with the counts', async () => {
    const [first, second, third] = [
      await refer(MIA),
      await refer(MIA_ELSEWHERE),
      await refer({ ...MIA, lastName: 'Okafor' }),
    ];
    await judge(true, second, first);
    await judge(true, third, second);
    const [joined] = (await known(third)).judgements.filter((one) =>
      [one.one, one.other].some((x) => x.reference === third),
    );
    await end(joined!.id);
    expect(await elsewhere(third)).toEqual([]);
    expect(await elsewhere(first)).toEqual([second]);
    expect([await earlier(third), await earlier(second)]).toEqual([[], [first]]);
    expect((await hub.read(third)).timeline[0]).toMatchObject({ act: 'child.parted' });
    await expect(end(joined!.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are refused a second time, for two children of one referral, and where one was kept apart', async () => {
    const [first, second] = [await refer(MIA), await refer(MIA_ELSEWHERE)];
    const twins = await refer(MIA, { ...MIA, firstName: 'Lily' });
    await judge(true, second, first);
    await expect(judge(true, first, second)).rejects.toMatchObject({ code: 'children-joined' });
    await expect(judge(false, first, second)).rejects.toMatchObject({ code: 'children-joined' });
    const one = { one: at(twins, 0), other: at(twins, 1), isSame: true, formId: randomUUID(), by: hub.socialWorker };
    await expect(hub.whole.get(JudgeChildren).execute(one)).rejects.toMatchObject({ code: 'one-referral' });
    await judge(false, twins, first);
    await expect(judge(true, twins, second)).rejects.toMatchObject({ code: 'children-kept-apart' });
    await expect(judge(true, 'MASH-0000-0000', first)).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('takes two children of one referral for two by way of a third as well, and offers neither for the other', async () => {
  const twins = await refer(MIA, { ...MIA, firstName: 'Maia' });
  const third = await refer({ ...MIA, firstName: 'Mia' });
  const say = (isSame: boolean, position: number) =>
    hub.whole
      .get(JudgeChildren)
      .execute({ one: at(twins, position), other: at(third), isSame, formId: randomUUID(), by: hub.socialWorker });
  const offered = () => hub.whole.get(ReadKnownChildren).ofReferral(twins, hub.socialWorker);
  expect((await offered()).map(({ candidates }) => candidates.length)).toEqual([1, 1]);
  await say(true, 0);
  expect((await offered()).map(({ candidates }) => candidates.length)).toEqual([0, 0]);
  await expect(say(true, 1)).rejects.toMatchObject({ code: 'one-referral' });
  await say(false, 1);
});

it('is read on the record of each of its referrals', async () => {
  const [first, second] = [await refer(MIA), await refer(MIA_ELSEWHERE)];
  await judge(true, second, first);
  await known(second);
  const read = await hub.database.as(SERVICE).rows<{ reference: string; details: object }>(sql`
    SELECT reference, details FROM audit_entry JOIN referral ON referral.id = referral_id
    WHERE act = 'child.read' ORDER BY received_at`);
  expect(read).toEqual([first, second].map((reference) => ({ reference, details: { child: 1 } })));
});

describe('children of whom a person says that they are two', () => {
  it('are offered no more, and a link by name goes; both come back when that is taken back', async () => {
    const [first, second] = [await refer(MIA), await refer(MIA)];
    expect(await earlier(second)).toEqual([first]);
    await judge(false, first, second);
    expect([await candidates(second), await candidates(first), await earlier(second)]).toEqual([[], [], []]);
    const [apart] = (await known(first)).judgements;
    expect(apart).toMatchObject({ isSame: false, by: 'Sol Worker' });
    await end(apart!.id);
    expect([await candidates(second), await earlier(second)]).toEqual([[first], [first]]);
  });
});

it('is done once for a form that is sent twice, and never in a circle by two at once', async () => {
  const [a, b, c] = [await refer(MIA), await refer(MIA_ELSEWHERE), await refer({ ...MIA, lastName: 'Okafor' })];
  const form = { one: at(a), other: at(b), isSame: true, formId: randomUUID(), by: hub.socialWorker };
  await hub.whole.get(JudgeChildren).execute(form);
  await hub.whole.get(JudgeChildren).execute(form);
  const results = await Promise.allSettled([judge(true, b, c), judge(true, a, c)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await elsewhere(c)).toEqual([a, b].sort());
});

it('keeps the known children of any history of judgements as a plain model does', async () => {
  const references: string[] = [];
  for (let index = 0; index < 5; index += 1)
    references.push(await refer({ ...MIA, lastName: `Marsden${'abcde'[index]!}` }));
  const pair = fc.tuple(fc.nat(4), fc.nat(4)).filter(([a, b]) => a !== b);
  const step = fc.oneof(
    fc.record({ says: fc.constantFrom('same', 'different'), pair }),
    fc.record({ says: fc.constant('ends'), which: fc.nat(9) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await hub.database
        .as(SERVICE)
        .run(
          sql`UPDATE child_judgement SET ended_at = judged_at, ended_by = judged_by, end_reason = 'over' WHERE ended_at IS NULL`,
        );
      await hub.database.as(SERVICE).run(sql`DELETE FROM earlier_referral`);
      const standing: { isSame: boolean; a: number; b: number }[] = [];
      const group = (of: number): readonly number[] => {
        const found = new Set([of]);
        for (let size = 0; size !== found.size;) {
          size = found.size;
          for (const { isSame, a, b } of standing) if (isSame && (found.has(a) || found.has(b))) found.add(a).add(b);
        }
        return [...found].sort();
      };
      for (const one of steps) {
        if ('which' in one) {
          const [gone] = standing.splice(one.which % Math.max(1, standing.length), 1);
          if (gone === undefined) continue;
          const pairOf = [references[gone.a], references[gone.b]];
          const found = (await known(references[gone.a]!)).judgements.find(
            (each) => pairOf.includes(each.one.reference) && pairOf.includes(each.other.reference),
          );
          await end(found!.id);
        } else {
          const [a, b] = one.pair;
          const isApart = standing.some(
            (each) =>
              !each.isSame &&
              [
                [a, b],
                [b, a],
              ].some(([x, y]) => group(x!).includes(each.a) && group(y!).includes(each.b)),
          );
          const mayBe = !group(a).includes(b) && !isApart;
          const said = judge(one.says === 'same', references[a]!, references[b]!);
          if (mayBe) {
            await said;
            standing.push({ isSame: one.says === 'same', a, b });
          } else await expect(said).rejects.toMatchObject({ code: expect.stringMatching(/^children-/) as string });
        }
      }
      for (const [index, reference] of references.entries()) {
        const others = group(index).filter((other) => other !== index);
        expect(await elsewhere(reference)).toEqual(others.map((other) => references[other]!).sort());
        const linked = new Set((await earlier(reference)).map((one) => references.indexOf(one)));
        expect([...linked].sort()).toEqual(others.filter((other) => other < index));
      }
    }),
    { numRuns: 15 },
  );
});
