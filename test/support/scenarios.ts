import { readdirSync, readFileSync } from 'node:fs';
import type { Rating, SubmittedReferral } from '#domain';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly agency: { readonly name: string; readonly kind: string; readonly sourceCode: string };
  readonly body: SubmittedReferral & { readonly reportedAt: string };
  readonly expect: { readonly rating: Rating; readonly rules: readonly string[] };
}

const FOLDER = new URL('../../scripts/scenarios/', import.meta.url);

/** The forty fictional referrals, in the order of their numbers. */
export const SCENARIOS: readonly Scenario[] = readdirSync(FOLDER)
  .sort()
  .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Scenario);
