import type { StoreStanding } from '#attachments';
import { minutesInWords } from '#domain';
import type { ReadServiceState } from '#watchdog';
import type { TagArgs } from '../../shell/govuk/args.ts';
import { summaryList } from '../../shell/govuk/summary-list.ts';
import { presentRecord } from './record.presenter.ts';
import { codeInWords, dayAndTime, monthInWords } from '../../shell/words/words.ts';

type ServiceState = Awaited<ReturnType<ReadServiceState['execute']>>;

/** What each invariant means to the people of the hub. */
const INVARIANTS: Readonly<Record<string, string>> = {
  I1: 'Everything that is due has been alerted',
  I2: 'Every alert has been sent, or is being sent',
  I3: 'Every undecided referral has a running clock',
  I4: 'No alert was early, and none came after the decision',
  I5: 'Every due time is what the policy gives',
  I6: 'Every referral that was accepted is there once',
  I7: 'Every figure that managers see is what the record gives',
  clock: 'The clocks of the machines agree',
};

const BROKEN =
  'Something does not hold. The service repairs what it can by itself. Look at the alerts page yourself until this is green again, and tell the people who run the service.';
const SILENT =
  'The watchdog is silent. Alerts may still go out, but no check runs. Look at the alerts page yourself, and tell the people who run the service.';

const STORE_WORDS: Readonly<Record<Exclude<StoreStanding, 'in the database'>, string>> = {
  answers: 'Answers',
  away: 'Does not answer. Files cannot be added, checked or opened until it does; everything else goes on. Tell the people who run the service.',
};

const red = (text: string): TagArgs => ({ text, classes: 'govuk-tag--red' });

export function presentService(
  { round, isSilent, figures, record, now }: ServiceState,
  files: StoreStanding,
  zone: string,
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, now, zone);
  return {
    warns: isSilent ? SILENT : round!.holds ? null : BROKEN,
    state: stateOf(round, isSilent, when),
    invariants: Object.entries(INVARIANTS).map(([code, words]) => {
      const broken = round?.findings.find(({ invariant }) => invariant === code)?.count ?? 0;
      const text =
        broken > 0 ? `${broken} ${code === 'clock' ? 'ms apart' : 'found'}` : isSilent ? 'Not known' : 'Holds';
      return { words, text, tag: broken > 0 ? red('Not so') : null };
    }),
    figures: summaryList([
      { key: 'The last test alert was fired', value: canaryInWords(round, when) },
      {
        key: 'The oldest alert that is due and not fired has waited',
        value: inWords(figures.oldestUnfiredSeconds),
      },
      { key: 'The oldest background job has waited', value: inWords(figures.ledgerLagSeconds) },
      {
        key: 'The oldest file of an agency that waits to be checked for viruses has waited',
        value: inWords(figures.uncheckedFileSeconds),
      },
      ...(files === 'in the database' ? [] : [{ key: 'The store of files', value: STORE_WORDS[files] }]),
      { key: 'Room for the record of the coming months', value: roomInWords(figures.recordMonthsMissing) },
      {
        key: 'The switch outside, which calls people when all this is silent, was fed',
        value: round?.switchFedAt ? when(round.switchFedAt) : 'Never: none is set up, or all has not been well yet',
      },
    ]),
    refused: figures.contentRefusals,
    record: presentRecord(record, now, when),
    deliveries: figures.deliveries.map((line) => ({
      ...line,
      channel: codeInWords(line.channel),
      state: codeInWords(line.state),
    })),
  };
}

type Round = ServiceState['round'];
type When = (instant: Temporal.Instant) => string;

function stateOf(round: Round, isSilent: boolean, when: When) {
  const checked = round && when(round.checkedAt);
  if (isSilent) {
    const last = checked === null ? 'It has never looked.' : `It looked last at ${checked}.`;
    return { tag: red('Not watched'), text: last };
  }
  const tag = round!.holds ? { text: 'All is well', classes: 'govuk-tag--green' } : red('Not well');
  return { tag, text: `Looked at ${checked}.` };
}

function canaryInWords(round: Round, when: When): string {
  if (!round?.canaryFiredAt) return 'Not yet';
  return `${round.canaryLatenessMs} milliseconds after it was due, ${when(round.canaryFiredAt)}`;
}

function roomInWords(missing: readonly string[]): string {
  if (missing.length === 0) return 'Made';
  const months = missing.map((month) => monthInWords(month)).join(', ');
  return `Not made for ${months}. Every entry is kept all the same. Tell the people who run the service.`;
}

function inWords(seconds: number): string {
  if (seconds < 1) return 'nothing waits';
  return seconds < 60 ? `${Math.round(seconds)} seconds` : minutesInWords(Math.floor(seconds / 60));
}
