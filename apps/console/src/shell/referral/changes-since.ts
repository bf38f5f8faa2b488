import type { ReferralPage } from '#referrals';
import { dayAndTime } from '../words/words.ts';
import { presentAct } from './act.presenter.ts';

/**
 * What others did to a referral while a person was filling in a form about it.
 *
 * @param since when the form was opened, epoch milliseconds as the form carried it
 */
export function changesSince(page: ReferralPage, since: string, zone: string): readonly string[] {
  const from = Number(since);
  return page.timeline
    .filter(({ at }) => !Number.isFinite(from) || at.epochMilliseconds >= from)
    .map((line) => {
      const { act, detail } = presentAct(line);
      const why = line.note ?? page.ratings.find((rating) => rating.by !== null && rating.at.equals(line.at))?.reason;
      const words = `${act}${detail === null ? '' : ` (${detail})`}${why ? `: “${why}”` : ''}`;
      return `${line.by}: ${words}, ${dayAndTime(line.at, page.now, zone)}`;
    });
}
