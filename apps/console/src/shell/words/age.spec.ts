import { ageInWords } from './age.ts';

const today = Temporal.PlainDate.from('2026-11-23');

it.each([
  [{ dateOfBirth: '2026-11-23' }, '0 days'],
  [{ dateOfBirth: '2026-11-22' }, '1 day'],
  [{ dateOfBirth: '2026-11-16' }, '1 week'],
  [{ dateOfBirth: '2026-08-24' }, '13 weeks'],
  [{ dateOfBirth: '2026-08-23' }, '3 months'],
  [{ dateOfBirth: '2025-11-23' }, '12 months'],
  [{ dateOfBirth: '2024-11-24' }, '23 months'],
  [{ dateOfBirth: '2024-11-23' }, '2'],
  [{ dateOfBirth: '2012-02-29' }, '14'],
  [{ expectedDateOfBirth: '2027-01-02' }, 'unborn'],
  [{ estimatedAge: 6 }, 'about 6'],
  [{ estimatedAge: 0 }, 'under 1'],
  [{ dateOfBirth: null, expectedDateOfBirth: null, estimatedAge: null }, null],
])('words the age of a child with %j as %s', (child, words) => expect(ageInWords(child, today)).toBe(words));
