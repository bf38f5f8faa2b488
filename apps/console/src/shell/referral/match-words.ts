import type { MatchBand, MatchReason } from '#domain';

const BANDS: Readonly<Record<MatchBand, string>> = { probable: 'Probably the same', possible: 'Perhaps the same' };

const REASONS: Readonly<Record<MatchReason, string>> = {
  nhs_number: 'same NHS number',
  upn: 'same pupil number',
  born_same: 'same date of birth',
  born_swapped: 'day and month of birth the other way round',
  born_one_digit: 'date of birth differs by one digit',
  born_around: 'age fits',
  names_swapped: 'names the other way round',
  first_name_same: 'same first name',
  first_name_alike: 'first name alike',
  first_name_sounds: 'first name sounds alike',
  last_name_same: 'same surname',
  last_name_part: 'surname is a part of the other',
  last_name_alike: 'surname alike',
  last_name_sounds: 'surname sounds alike',
  postcode_same: 'same postcode',
  postcode_near: 'postcode nearby',
  may_be_twin: 'may be a twin',
  born_differs: 'but date of birth differs',
  first_name_differs: 'but first name differs',
  last_name_differs: 'but surname differs',
  sex_differs: 'but sex differs',
  postcode_differs: 'but postcode differs',
};

export const bandInWords = (band: MatchBand) => BANDS[band];

/** Such as `same date of birth, surname sounds alike, same postcode`. */
export function reasonsInWords(reasons: readonly MatchReason[]): string {
  return reasons.map((reason) => REASONS[reason]).join(', ');
}
