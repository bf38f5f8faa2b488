import { lastContactFault } from './last-contact.ts';

const day = (written: string) => Temporal.PlainDate.from(written);

describe('the last contact with the children', () => {
  it.each([
    ['2026-11-23', '2026-11-23', null],
    ['2000-01-01', '2026-11-23', null],
    ['2024-02-29', '2026-11-23', null],
    ['1999-12-31', '2026-11-23', 'too_long_ago'],
    ['0001-01-01', '2026-11-23', 'too_long_ago'],
    ['2026-11-24', '2026-11-23', 'in_the_future'],
    ['9999-12-31', '2026-11-23', 'in_the_future'],
  ])('on %s, said on %s, has the fault %s', (written, today, code) => {
    expect(lastContactFault(day(written), day(today))?.code ?? null).toBe(code);
  });
});
