import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewAgency } from '#access';
import type { SubmittedReferral } from '#domain';

export interface ScenarioFile {
  readonly id: string;
  readonly agency: NewAgency;
  readonly body: SubmittedReferral;
}

/** Where the fictional referrals are, seen from the top of the checkout. */
export const SCENARIO_FOLDER = join('scripts', 'scenarios');

export function readScenarios(): readonly ScenarioFile[] {
  return readdirSync(SCENARIO_FOLDER)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(SCENARIO_FOLDER, file), 'utf8')) as ScenarioFile);
}
