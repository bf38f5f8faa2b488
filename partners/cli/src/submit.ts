import { readFileSync } from 'node:fs';
import { RefusedByHub, type Referral, type ReferralReceived } from '../../client/src/index.ts';
import { Ending, EXIT } from './ending.ts';
import { offlineFaults, readJson } from './offline-faults.ts';
import { SentFile } from './sent-file.ts';
import { clientWith, readCredentials } from './settings.ts';

export interface SubmitOptions {
  readonly isDryRun: boolean;
  /** The hub sets soft faults apart, and takes the rest. */
  readonly isLenient: boolean;
  /** The idempotency key of a referral that comes from standard input. */
  readonly key: string | undefined;
}

/** Sends a referral, and writes its reference. What the referral says is never written. */
export async function submit(file: string, { isDryRun, isLenient, key }: SubmitOptions): Promise<void> {
  if (file !== '-' && key !== undefined) throw new Ending(EXIT.invalid, '--key is for standard input only');
  const referral = readReferral(file, isLenient);
  if (!isDryRun && file === '-' && key === undefined) {
    throw new Ending(EXIT.invalid, 'Standard input needs --key KEY: a new one for each referral, the same for a retry');
  }
  const client = clientWith(readCredentials());
  if (isDryRun) {
    const { warnings } = await client.check(referral, { isLenient });
    process.stderr.write(`The hub would take it. Nothing was sent.\n${inLines(warnings)}`);
    return;
  }
  const beside = file === '-' ? undefined : new SentFile(file);
  const sent = beside?.open() ?? { idempotencyKey: key! };
  try {
    const received = await client.submit(referral, sent.idempotencyKey, { isLenient });
    const { reference, decisionExpectedBy, advice, warnings } = received;
    beside?.close(sent, reference);
    process.stdout.write(`${reference}\n`);
    process.stderr.write(
      `The hub has it, and means to decide by ${decisionExpectedBy}. ${advice}\n${inLines(warnings)}`,
    );
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

/** What the hub set apart, by its place; no line holds what was sent. */
function inLines(warnings: ReferralReceived['warnings'] = []): string {
  if (warnings.length === 0) return '';
  const lines = warnings.map(({ pointer, detail }) => `${pointer || '/'}: ${detail}\n`);
  return `Set apart, for you to correct when you know what is right:\n${lines.join('')}`;
}

/** @param isLenient whether the hub alone says which faults are too many: the schema does not know which are soft */
function readReferral(file: string, isLenient: boolean): Referral {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new Ending(EXIT.invalid, `${file} cannot be read`);
  }
  const read = readJson(text);
  if ('fault' in read) throw new Ending(EXIT.invalid, `${read.fault}. Nothing was sent.`);
  const faults = isLenient ? [] : offlineFaults(read.value);
  if (faults.length > 0) throw new Ending(EXIT.invalid, `${faults.join('\n')}\nNothing was sent.`);
  return read.value as Referral;
}
