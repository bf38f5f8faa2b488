import type { ChildDecision } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const child = (firstName: string) => ({ firstName, lastName: 'Vale', dateOfBirth: '2015-04-03' });
const threeChildren = () =>
  hub.submit(aCoachMessagingChildren({ children: [child('Ann'), child('Ben'), child('Cas')] }));
const HELP = { outcome: 'early_help', thresholdLevel: 2 } as const;
const NOTHING = { outcome: 'no_further_action', thresholdLevel: 1 } as const;
const says = (...children: Partial<ChildDecision>[]): ChildDecision[] =>
  children.map((one, position) => ({ position, leftOutBecause: null, other: null, ...one }));
const decides = (reference: string, children?: ChildDecision[]) =>
  hub.decides(hub.socialWorker, reference, { ...HELP, ...(children && { children }) });

it('is the same for all where the decision says nothing of any child', async () => {
  const reference = await threeChildren();
  expect(await decides(reference)).toEqual([]);
  expect((await hub.read(reference)).decisions[0]!.children).toEqual([]);
});

it('keeps what the decision says of each child: the same, another outcome, or left out with the reason', async () => {
  const reference = await threeChildren();
  const children = says(
    {},
    { leftOutBecause: 'Lives with her father.' },
    { other: { outcome: 'early_help', thresholdLevel: 3 } },
  );
  await decides(reference, children);
  const page = await hub.read(reference);
  expect(page.decisions[0]!.children).toEqual(children);
  expect(page.timeline.find(({ act }) => act === 'referral.decided')!.details).toMatchObject({
    ...{ childrenLeftOut: 1, childrenOtherwise: 1 },
  });
});

it('needs sign-off for what any child needs it for, and cannot be taken back where one is protected at once', async () => {
  const reference = await threeChildren();
  const others = [NOTHING];
  const preview = await hub.preview.execute({ reference, ...HELP, others, by: hub.socialWorker });
  expect([preview.signOffReasons, preview.children]).toEqual([
    ['no_further_action'],
    ['Ann Vale', 'Ben Vale', 'Cas Vale'],
  ]);
  expect(await decides(reference, says({}, { other: NOTHING }, {}))).toEqual(['no_further_action']);
  await hub.signsOff(hub.otherManager, reference);
  expect((await hub.read(reference)).status).toBe('decided');
  const other = await threeChildren();
  await decides(other, says({}, {}, { other: { outcome: 'immediate_protection', thresholdLevel: 4 } }));
  expect((await hub.read(other)).undoableUntil).toBeNull();
});

it.each([
  ['leaves out every child', says({ leftOutBecause: 'No.' }, { leftOutBecause: 'No.' }, { leftOutBecause: 'No.' })],
  ['leaves out a child without a reason', says({}, {}, { leftOutBecause: ' ' })],
  ['says nothing of a child', says({}, {})],
])('is refused where it %s', async (_, children) => {
  const reference = await threeChildren();
  await expect(decides(reference, children)).rejects.toMatchObject({ code: 'children-not-said' });
  expect((await hub.read(reference)).decisions).toEqual([]);
});
