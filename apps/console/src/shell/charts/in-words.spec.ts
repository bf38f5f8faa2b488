import { lasting, listed, ofNoun, percent, shareOf } from './in-words.ts';

const referral = { one: 'referral', many: 'referrals' };
const workingDay = { minutes: 510, noun: { one: 'working day', many: 'working days' } };

it.each([
  [0, '0%'], [1, '100%'], [0.862, '86.2%'], [0.8, '80%'], [0.9995, 'over 99.9%'], [0.99949, '99.9%'], [0.0004, 'under 0.1%'],
  [0.0005, '0.1%'], [1.2, '120%'], [0.1, '10%'], [0.005, '0.5%'],
])('words the share %d as %s', (share, words) => expect(percent(share)).toBe(words)); // prettier-ignore

it.each([
  [0, '0 min'], [36, '36 min'], [59.6, '1 h'], [130, '2 h 10'], [240, '4 h'], [509, '8 h 29'], [510, '1 working day'],
  [700, '1 working day 3 h'], [1480, '2 working days 7 h'], [1530, '3 working days'],
])('words %d working minutes as %s', (minutes, words) => expect(lasting(minutes, workingDay)).toBe(words)); // prettier-ignore

it('words counts with their noun, shares with both numbers, and lists with "and"', () => {
  expect([ofNoun(1, referral), ofNoun(0, referral), ofNoun(1234, referral)]).toEqual(['1 referral', '0 referrals', '1,234 referrals']); // prettier-ignore
  expect(shareOf(81, 94, referral)).toBe('81 of 94 referrals (86.2%)');
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']); // prettier-ignore
});
