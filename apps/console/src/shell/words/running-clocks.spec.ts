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
    'what is to be taken first',
    { claimDueAt: at('2026-11-23T12:30') },
    ['To be taken,', 'Statutory limit', 'Decision'],
  ],
  ['what is overdue already', { statutoryDueAt: at('2026-11-23T00:00') }, ['Statutory limit', 'Decision']],
  [
    'the sign-off, which has the time of the decision',
    { status: 'awaiting_sign_off' },
    ['Statutory limit', 'Sign-off'],
  ],
  ['nothing of what is decided', { status: 'decided' }, []],
] as const)('leads with %s', (_, other, order) => {
  expect(runningClocks({ ...DUE, ...other }, NOW, 'Europe/London').map(({ what }) => what)).toEqual(order);
});
