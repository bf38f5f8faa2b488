import { plannedDay } from './planned-day.ts';

it('reads a planned day as it is written', () => {
  expect(plannedDay('2026-11-24').toString()).toBe('2026-11-24');
});

/** By its name: the error of another realm is none of this one's class. */
function faultOf(written: string): string | null {
  try {
    plannedDay(written);
    return null;
  } catch (error) {
    return (error as Error).name;
  }
}

it.each([
  '', '2026-02-30', '24/11/2026', '2026-11-24T10:00', '1999-12-31', '2101-01-01', '9999-12-31', '+275000-01-01',
  '-000001-01-01', '0000-01-01',
])('refuses %j as a planned day', (written) => expect(faultOf(written)).toBe('RangeError')); // prettier-ignore
