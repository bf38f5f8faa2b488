import { tamperingInWords, type RecordStanding } from '#audit';
import type { TagArgs } from '../../shell/govuk/args.ts';

type When = (instant: Temporal.Instant) => string;

/** A line of the page, with a tag where something is wrong. */
interface Line {
  readonly words: string;
  readonly text: string;
  readonly tag: TagArgs | null;
}

const NOT_SET_UP =
  'None is made, because none is set up. Without them, a record that was put back to an older state looks whole. The people who run the service set RECORD_CHECKPOINT_DIR and RECORD_SIGNING_KEY.';
const CHANGED =
  'Rows were changed in the database, from outside of the service. Managers are told. Tell the people who run the service, and your information governance lead.';
const red = (text: string): TagArgs => ({ text, classes: 'govuk-tag--red' });

/** So many places are on the page; the command `mash verify-record` says all of them. */
const SHOWN = 20;
/** One is made at least each hour: one that is older says that none is made any more. */
const LATE_AFTER = { hours: 2 };

/** Whether the record is as it was written, as far as the last checkpoint and the last verification know. */
export function presentRecord({ checkpoint, verification }: RecordStanding, now: Temporal.Instant, when: When) {
  return {
    lines: [
      { words: 'Last signed checkpoint outside of the database', ...checkpointLine(checkpoint, now, when) },
      ...verificationLines(verification, when),
    ] satisfies readonly Line[],
    found: (verification?.findings ?? []).slice(0, SHOWN).map(tamperingInWords),
  };
}

function checkpointLine(
  checkpoint: RecordStanding['checkpoint'],
  now: Temporal.Instant,
  when: When,
): Omit<Line, 'words'> {
  if (checkpoint === null) return { text: NOT_SET_UP, tag: null };
  const text = `${when(checkpoint.at)}, of ${checkpoint.entries.toLocaleString('en-GB')} entries`;
  if (Temporal.Instant.compare(checkpoint.at, now.subtract(LATE_AFTER)) >= 0) return { text, tag: null };
  return { text: `${text}. None was made since. Tell the people who run the service.`, tag: red('Late') };
}

function verificationLines(verification: RecordStanding['verification'], when: When): readonly Line[] {
  const words = 'Verified';
  if (verification === null) return [{ words, text: 'Not yet: the record is verified each night', tag: null }];
  const { at, entries, lastEntryAt, checkpoints, holds } = verification;
  const upTo = lastEntryAt === null ? '' : `, up to the one of ${when(lastEntryAt)}`;
  const counted = `${checkpoints.toLocaleString('en-GB')} ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}`;
  const against = checkpoints === 0 ? 'with no checkpoint' : `with ${counted}`;
  return [
    { words, text: `${when(at)}: ${entries.toLocaleString('en-GB')} entries${upTo}, compared ${against}`, tag: null },
    {
      words: 'The record is as it was written',
      text: holds ? 'Yes' : CHANGED,
      tag: holds ? null : red('Not so'),
    },
  ];
}
