import { runningClocks } from './running-clocks.ts';

const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const NOW = at('2026-11-23T12:00');
const DUE = {
  status: 'awaiting_decision',
  decisionDueAt: at('2026-11-25T17:00'),
  statutoryDueAt: at('2026-11-24T00:00'),
} as const;

it.each([
  ['the statutory limit before a later decision', {}, ['Statutory limit', 'Decision']],
  ['the decision before a later limit', { decisionDueAt: at('2026-11-23T14:00') }, ['Decision', 'Statutory limit']],
  [
    'the claim first when it is due first',
    { claimDueAt: at('2026-11-23T12:30') },
    ['To be taken,', 'Statutory limit', 'Decision'],
  ],
  ['an overdue clock first', { statutoryDueAt: at('2026-11-23T00:00') }, ['Statutory limit', 'Decision']],
  ['the sign-off in place of the decision', { status: 'awaiting_sign_off' }, ['Statutory limit', 'Sign-off']],
  ['no clock for a decided referral', { status: 'decided' }, []],
] as const)('orders the running clocks with %s', (_, other, order) => {
  expect(runningClocks({ ...DUE, ...other }, NOW, 'Europe/London').map(({ what }) => what)).toEqual(order);
});
