import { summaryInWords } from './summary-words.ts';

const NONE = {
  received: 0,
  inOneDay: { numerator: 0, denominator: 0, notYetDue: 0 },
  overdue: 0,
  alerts: { notAnswered: 0, due: 0 },
};
const sentencesOf = (figures: Partial<typeof NONE>) =>
  summaryInWords('2026-11-30', { ...NONE, ...figures }, 'https://hub.example.org').text.split('\n\n')[0];
const WEEK = 'in the week from 23 November 2026 to 29 November 2026';

it.each([
  ['a week of nothing', {}, `No referrals came ${WEEK}. No referrals are overdue now. No alert fired.`],
  [
    'a week of one of everything',
    {
      received: 1,
      inOneDay: { numerator: 0, denominator: 0, notYetDue: 1 },
      overdue: 1,
      alerts: { notAnswered: 1, due: 1 },
    },
    `1 referral came ${WEEK}, and 1 is not yet due. 1 referral is overdue now. 1 of 1 alert was not answered within 15 minutes.`,
  ],
  [
    'a week of many',
    {
      ...{ received: 84, overdue: 12, alerts: { notAnswered: 0, due: 21 } },
      inOneDay: { numerator: 62, denominator: 70, notYetDue: 14 },
    },
    `84 referrals came ${WEEK}: 62 of the 70 that are due (88.6%) were decided within one working day, and 14 are not yet due. 12 referrals are overdue now. Every alert was answered within 15 minutes: 21 fired.`,
  ],
])('says %s in three sentences', (_, figures, expected) => {
  expect(sentencesOf(figures)).toBe(expected);
});
