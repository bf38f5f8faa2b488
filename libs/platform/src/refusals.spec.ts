import { REFUSALS, Refused } from './refusals.ts';

it.each(Object.entries(REFUSALS))(
  'the refusal %s has a title without a full stop and a text with one',
  (_, refusal) => {
    expect([refusal.title, refusal.text]).toEqual([
      expect.stringMatching(/[^.]$/),
      expect.stringMatching(/^[A-Z].*\.$/),
    ]);
  },
);

it('agencies are told of no refusal but those of their own requests', () => {
  const told = Object.entries(REFUSALS).filter(([, { isForAgencies }]) => isForAgencies);
  expect(told.map(([code]) => code)).toEqual([
    'insufficient-scope',
    'attachments-not-taken',
    'too-many-attachments',
    'attachment-completed',
    'attachment-altered',
    'attachment-not-taken',
    'webhooks-off',
    'webhook-address-taken',
    'webhook-endpoints-enough',
    'webhook-off',
    'idempotency-key-in-use',
    'idempotency-key-reused',
  ]);
});

it('a refusal that is thrown has the words of its code', () => {
  expect(new Refused('already-decided').refusal).toBe(REFUSALS['already-decided']);
});
