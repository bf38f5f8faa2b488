import { readFileSync } from 'node:fs';
import { RefusedByHub, type Referral } from '../../client/src/index.ts';
import { Ending, EXIT } from './ending.ts';
import { offlineFaults, readJson } from './offline-faults.ts';
import { SentFile } from './sent-file.ts';
import { clientWith, readCredentials } from './settings.ts';

export interface SubmitOptions {
  readonly isDryRun: boolean;
  /** The idempotency key of a referral that comes from standard input. */
  readonly key: string | undefined;
}

/** Sends a referral, and writes its reference. What the referral says is never written. */
export async function submit(file: string, { isDryRun, key }: SubmitOptions): Promise<void> {
  if (file !== '-' && key !== undefined) throw new Ending(EXIT.invalid, '--key is for standard input only');
  const referral = readReferral(file);
  if (!isDryRun && file === '-' && key === undefined) {
    throw new Ending(EXIT.invalid, 'Standard input needs --key KEY: a new one for each referral, the same for a retry');
  }
  const client = clientWith(readCredentials());
  if (isDryRun) {
    await client.check(referral);
    process.stderr.write('The hub would take it. Nothing was sent.\n');
    return;
  }
  const beside = file === '-' ? undefined : new SentFile(file);
  const sent = beside?.open() ?? { idempotencyKey: key! };
  try {
    const { reference, decisionExpectedBy, advice } = await client.submit(referral, sent.idempotencyKey);
    beside?.close(sent, reference);
    process.stdout.write(`${reference}\n`);
    process.stderr.write(`The hub has it, and means to decide by ${decisionExpectedBy}. ${advice}\n`);
  } catch (error) {
    if (!(error instanceof RefusedByHub) || error.kind !== 'idempotency-key-reused') throw error;
    const before = sent.reference === undefined ? 'before' : `as ${sent.reference}`;
    throw new Ending(
      EXIT.invalid,
      `The hub has another version of this referral, which was sent ${before}, and it is unchanged. Send what is new ` +
        `as information about it, or give a new referral a file (or a --key) of its own.`,
    );
  }
}

function readReferral(file: string): Referral {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new Ending(EXIT.invalid, `${file} cannot be read`);
  }
  const read = readJson(text);
  if ('fault' in read) throw new Ending(EXIT.invalid, `${read.fault}. Nothing was sent.`);
  const faults = offlineFaults(read.value);
  if (faults.length > 0) throw new Ending(EXIT.invalid, `${faults.join('\n')}\nNothing was sent.`);
  return read.value as Referral;
}
