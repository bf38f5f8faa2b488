import {
  foldName,
  isBlank,
  nameKey,
  normaliseNhsNumber,
  normalisePostcode,
  normaliseUpn,
  parseReferralReference,
  withoutOrnament,
} from '#domain';
import { readEmailAddress, readTelephone } from '#platform';
import { isDateTime, isLocalDate } from './written-times.ts';

const RULES: Readonly<Record<string, (written: string) => unknown>> = {
  'an NHS number': normaliseNhsNumber,
  'a UPN': normaliseUpn,
  'a postcode': normalisePostcode,
  'a reference': parseReferralReference,
  'a number without ornament': withoutOrnament,
  'a folded name': foldName,
  'the key of a name': (written) => nameKey({ firstName: written, lastName: written }),
  'a blank text': isBlank,
  'an e-mail address': readEmailAddress,
  'a telephone number': readTelephone,
  'a date': isLocalDate,
  'a date and time': isDateTime,
};

const LONGEST_NAME = 100;
/** Parts that make a pattern with two ways to match try every one of them, and their end, which matches none. */
const PARTS = ['a', '9', ' ', '-', '.', 'a@', 'a.', '9 ', 'A9', '(', '+44', 'aa ', '\u0301', 'ß', '9a-', '0'];

it.each(Object.keys(RULES))(
  'X8: the rule of %s reads any text that is four times as long as a name in less than 10 ms',
  (name) => {
    const rule = RULES[name]!;
    const slow = PARTS.flatMap((part) => ['!', '', '\u0000'].map((end) => part.repeat(LONGEST_NAME * 4) + end)).filter(
      (written) => {
        const costs = Array.from({ length: 3 }, () => {
          const begun = process.cpuUsage();
          rule(written);
          const { user, system } = process.cpuUsage(begun);
          return (user + system) / 1_000;
        });
        return Math.min(...costs) >= 10;
      },
    );
    expect(slow).toEqual([]);
  },
);
