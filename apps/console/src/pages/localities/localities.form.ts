import { Matches } from 'class-validator';
import { foldName, type Localities, type LocalityArea, type LocalityTeam } from '#domain';
import type { Typed } from '#work';
import { Hidden, HiddenNames } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

/** Rows that may be filled in beside the teams that there are. */
const SPARE_ROWS = 2;
const MOST_ROWS = 30;

/** The fields of the teams are read by {@link localitiesIn}: their names say which team they are of. */
@HiddenNames(/^team\.\d{1,2}\.code$/)
export class LocalitiesForm {
  /** The last version that the person had before them. */
  @Hidden() @Matches(/^\d{1,9}$/, REOPEN) readonly seen: string = '';
  @Said('Say why the table changes')
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  readonly reason: string = '';
}

type Part = 'code' | 'name' | 'email' | 'postcodes' | 'wards';

/** The name of a field of a team, counted from 0. */
export const fieldOfTeam = (index: number, part: Part) => `team.${index}.${part}`;

/** The table as the form shows it, with rows to fill in. */
export function fieldsOf({ teams, areas }: Localities): Typed {
  const of = (code: string, part: 'postcodes' | 'wards') =>
    areas.filter(({ team }) => team === code).flatMap((area) => area[part]).join(', '); // prettier-ignore
  return Object.fromEntries(
    teams.flatMap(({ code, name, email = '' }, index) => [
      [fieldOfTeam(index, 'code'), code],
      [fieldOfTeam(index, 'name'), name],
      [fieldOfTeam(index, 'email'), email],
      [fieldOfTeam(index, 'postcodes'), of(code, 'postcodes')],
      [fieldOfTeam(index, 'wards'), of(code, 'wards')],
    ]),
  );
}

/** How many rows the form has: those that are filled in, and some more. */
export function rowsOf(typed: Typed): number {
  const used = Object.keys(typed).flatMap((name) => /^team\.(\d{1,2})\.name$/.exec(name)?.[1] ?? []);
  const filled = used.map(Number).filter((index) => typed[fieldOfTeam(index, 'name')]?.trim() !== '');
  return Math.min(MOST_ROWS, Math.max(-1, ...filled) + 1 + SPARE_ROWS);
}

/** The table that a posted form stands for: a team without a name and lists is none. */
export function localitiesIn(typed: Typed): Localities {
  const teams: LocalityTeam[] = [];
  const areas: LocalityArea[] = [];
  for (let index = 0; index < MOST_ROWS; index++) {
    const part = (name: Part) => typed[fieldOfTeam(index, name)]?.trim() ?? '';
    const [name, email, postcodes, wards] = [
      part('name'),
      part('email'),
      listIn(part('postcodes')),
      listIn(part('wards')),
    ];
    if (name === '' && email === '' && postcodes.length === 0 && wards.length === 0) continue;
    const code = part('code') || codeOf(name, index);
    teams.push({ code, name, ...(email === '' ? {} : { email }) });
    areas.push({ team: code, postcodes, wards });
  }
  return { teams, areas };
}

/** A code of a new team, from its name. */
function codeOf(name: string, index: number): string {
  const folded = foldName(name).replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[^a-z]+|_+$/g, '').slice(0, 40); // prettier-ignore
  return folded === '' ? `team_${index + 1}` : folded;
}

function listIn(written: string): readonly string[] {
  return written
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
