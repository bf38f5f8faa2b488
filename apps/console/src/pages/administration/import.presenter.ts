import { AGENCY_KINDS, roleInWords, STAFF_ROLES, type Imported, type ImportedRow } from '#access';
import { ALERT_GROUPS, FEEDBACK_BY } from '#domain';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';

interface Column {
  readonly name: string;
  readonly words: string;
}

const COLUMNS: Readonly<Record<Imported, readonly Column[]>> = {
  agencies: [
    { name: 'name', words: 'what the agency is called' },
    { name: 'kind', words: `one of: ${AGENCY_KINDS.join(', ')}` },
    { name: 'source', words: 'the source of referral, a code of the children in need census such as 2A' },
    {
      name: 'told by',
      words: `how its referrers are told of decisions: ${FEEDBACK_BY.join(' or ')}. It may be left out`,
    },
  ],
  people: [
    { name: 'name', words: 'what the person is called' },
    { name: 'subject', words: 'what your identity provider calls the person: the sub of their sign-in' },
    { name: 'email', words: 'where alerts go' },
    { name: 'role', words: `one of: ${STAFF_ROLES.map(roleInWords).join(', ')}` },
    { name: 'agency', words: 'the name of the agency, for a partner' },
    { name: 'alert groups', words: `with a | between several: ${ALERT_GROUPS.join(', ')}. It may be left out` },
  ],
};

const EXAMPLES: Readonly<Record<Imported, string>> = {
  agencies: 'name,kind,source\nLoomgate School,school,2A',
  people: 'name,subject,email,role,alert groups\nAda Holt,ada.holt,ada.holt@example.org,screener,duty_team',
};

/**
 * The page on which a table is chosen or pasted, looked at and brought in.
 *
 * @param rows what would become of each row; null before that is known
 * @param errors why the table or its file cannot be read, or was not brought in
 */
export function presentImport(
  of: Imported,
  table: string,
  rows: readonly ImportedRow<unknown>[] | null,
  errors: FormErrors | null,
) {
  const fields = new FormFields({ table }, errors);
  const adds = (rows ?? []).filter((row) => row.adds !== null).length;
  const bad = (rows ?? []).filter(({ faults }) => faults.length > 0).length;
  const one = of === 'agencies' ? 'agency' : 'person';
  return {
    ...{ of, at: `/administration/import/${of}`, columns: COLUMNS[of], example: EXAMPLES[of], typed: table },
    heading: of === 'agencies' ? 'Add agencies from a table' : 'Add people from a table',
    file: fields.fileUpload('file', { label: 'Choose a CSV file', hint: 'Of up to 300 KB' }, [
      '.csv',
      '.txt',
      'text/csv',
    ]),
    table: fields.textarea(
      'table',
      { label: 'The table', hint: 'Or copy its cells from the spreadsheet, and paste them here' },
      { rows: 12 },
    ),
    rows: rows?.map(({ line, name, isThere, faults }) => ({
      ...{ line, name },
      becomes: faults.length > 0 ? `Cannot be added: ${faults.join('; ')}` : isThere ? 'There already' : 'Is added',
      isFault: faults.length > 0,
    })),
    summary:
      rows === null
        ? null
        : bad > 0
          ? `${bad} of ${rows.length} rows cannot be added. Nothing is added until each can: correct the table below.`
          : adds === 0
            ? 'All of these are there already.'
            : null,
    add: adds > 0 && bad === 0 ? `Add ${adds} ${adds === 1 ? one : of}` : null,
    errorSummary: errorSummary(errors),
  };
}
