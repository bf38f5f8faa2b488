import type { Measure } from '../measure.ts';
import * as decisions from './decisions.ts';
import * as promptness from './promptness.ts';
import * as volume from './volume.ts';

/** Every measure of referrals, by its id. */
export const MEASURES: readonly Measure[] = [
  promptness.DECIDED_IN_ONE_WORKING_DAY,
  promptness.DECIDED_IN_TARGET,
  promptness.TIME_TO_DECISION,
  promptness.TIME_TO_FIRST_OPENED,
  promptness.TIME_TO_FIRST_CLAIMED,
  promptness.RED_CLAIMED_IN_TIME,
  promptness.LONG_TAIL,
  promptness.LOWERED_THEN_IN_TIME,
  volume.OPEN_BY_AGE,
  volume.OVERDUE_HOURS,
  volume.RECEIVED,
  volume.OUT_OF_HOURS,
  volume.COMPLETENESS,
  decisions.PROGRESSED,
  decisions.NFA_OF_CONTACTS,
  decisions.NFA_OF_REFERRALS,
  decisions.SIGN_OFF,
  decisions.TIME_TO_SIGN_OFF,
  decisions.RETURNED,
  decisions.TAKEN_BACK,
  decisions.LATE_WITHOUT_REASON,
  decisions.OVERRIDES,
  decisions.RAISED,
  decisions.LOWERED,
  decisions.THRESHOLD_AGREEMENT,
  decisions.CHILDS_VOICE,
  decisions.CAME_BACK,
  decisions.CAME_BACK_WORSE,
  decisions.REPEAT_CONTACTS,
];

const BY_ID = new Map(MEASURES.map((measure) => [measure.id, measure]));

/** @returns null when there is no measure of this id */
export function measureOf(id: string): Measure | null {
  return BY_ID.get(id) ?? null;
}
