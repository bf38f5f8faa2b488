import type { AttendingAgency } from '#discussions';
import { DISCUSSION_AGENCIES, DISCUSSION_AGENCY_WORDS, isBlank, lengthOf, type DiscussionAgency } from '#domain';
import type { Typed } from '#work';
import type { FormErrors } from '../../shell/forms/read-form.ts';

/** The fields of one agency: who came, one person a line; whether it agreed; why not, or why it could not come. */
export const fieldsOf = (agency: DiscussionAgency) =>
  ({ people: `people.${agency}`, agrees: `agrees.${agency}`, why: `why.${agency}` }) as const;

const LONGEST = 2_000;

/** Who came to a discussion and who could not, as it was typed. An agency of which nothing was typed was not there. */
export function attendanceIn(typed: Typed): {
  readonly agencies: readonly AttendingAgency[];
  readonly errors: FormErrors;
} {
  const read = DISCUSSION_AGENCIES.map((agency) => agencyIn(typed, agency));
  return {
    agencies: read.flatMap(({ attending }) => attending ?? []),
    errors: Object.assign({}, ...read.map(({ errors }) => errors)) as FormErrors,
  };
}

interface ReadAgency {
  readonly attending: AttendingAgency | null;
  readonly errors: FormErrors;
}

function agencyIn(typed: Typed, agency: DiscussionAgency): ReadAgency {
  const names = fieldsOf(agency);
  const said = (name: string) => typed[name] ?? '';
  const [written, answer, why] = [said(names.people), said(names.agrees), said(names.why).trim()];
  const lines = written.split('\n').filter((line) => !isBlank(line));
  if (lines.length === 0 && answer === '' && why === '') return { attending: null, errors: {} };
  const people = lines.map(personIn);
  const agrees = answer === 'yes' ? true : answer === 'no' ? false : null;
  const hasCome = lines.length > 0;
  const what = DISCUSSION_AGENCY_WORDS[agency];
  const errors = {
    ...(!hasCome && agrees !== null
      ? { [names.people]: `${what}: enter who came, or take back whether they agreed` }
      : {}),
    ...(people.includes(null)
      ? {
          [names.people]: `${what}: enter name and role of each person, with a comma between, such as Al Reed, detective sergeant`,
        }
      : {}),
    ...(hasCome && agrees === null ? { [names.agrees]: `${what}: select whether they agreed` } : {}),
    ...(hasCome && agrees === false && why === '' ? { [names.why]: `${what}: say why they did not agree` } : {}),
    ...([written, why].some((text) => lengthOf(text) > LONGEST)
      ? { [names.people]: `${what}: write 2,000 characters or fewer` }
      : {}),
  };
  const known = people.filter((person) => person !== null);
  return { attending: { agency, people: known, agrees: hasCome ? agrees : null, why }, errors };
}

/** Such as `Al Reed, detective sergeant`; null where the name or the role is missing. */
function personIn(line: string): { readonly name: string; readonly role: string } | null {
  const at = line.indexOf(',');
  const [name, role] = at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  return isBlank(name) || isBlank(role) ? null : { name, role };
}
