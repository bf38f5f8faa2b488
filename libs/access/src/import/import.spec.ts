import { agenciesInTable } from './agencies-in-table.ts';
import { peopleInTable } from './people-in-table.ts';

const rows = (...cells: Record<string, string>[]) => cells.map((one, index) => ({ line: index + 2, cells: one }));
const SCHOOL = { name: 'Loomgate School', kind: 'School', source: '2a' };
const ADA = { name: 'Ada Holt', subject: 'ada', email: 'ada@example.org', role: 'Social worker' };
const THERE = { subjects: ['sam'], agencies: [{ id: 'an id', name: 'Loomgate School' }] };

describe('a row of a table of agencies', () => {
  it('adds an agency, or says that it is there', () => {
    expect(
      agenciesInTable(rows(SCHOOL, { ...SCHOOL, name: 'Ashwell', told_by: 'Person' }), ['loomgate  SCHOOL']),
    ).toEqual([
      { line: 2, name: 'Loomgate School', faults: [], isThere: true, adds: null },
      {
        ...{ line: 3, name: 'Ashwell', faults: [], isThere: false },
        adds: { name: 'Ashwell', kind: 'school', sourceCode: '2A', feedbackBy: 'person' },
      },
    ]);
  });

  it.each([
    [{ ...SCHOOL, name: '' }, /it has no name/],
    [{ ...SCHOOL, name: 'é'.repeat(201) }, /more than 200 characters/],
    [{ ...SCHOOL, kind: 'zoo' }, /the kind is one of: school/],
    [{ ...SCHOOL, source: '2C' }, /code of the children in need census/],
    [{ ...SCHOOL, told_by: 'pigeon' }, /told by is one of: email, person/],
  ])('%j is not added, and says why', (cells, why) => {
    expect(agenciesInTable(rows(cells), [])).toMatchObject([{ adds: null, faults: [expect.stringMatching(why)] }]);
  });

  it('is not added beside one of the same name', () => {
    expect(agenciesInTable(rows(SCHOOL, { ...SCHOOL, name: 'LOOMGATE SCHOOL' }), [])[1]!.faults).toEqual([
      'line 2 has the same name',
    ]);
  });
});

describe('a row of a table of people', () => {
  it('adds a person of the hub with their groups, and a partner of an agency', () => {
    const partner = { ...ADA, subject: 'pat', role: 'partner', agency: 'LOOMGATE school' };
    const read = peopleInTable(rows({ ...ADA, alert_groups: 'Duty team | last_resort' }, partner), THERE);
    expect(read.map(({ adds }) => adds)).toEqual([
      { ...ADA, role: 'social_worker', alertGroups: ['duty_team', 'last_resort'] },
      { ...ADA, subject: 'pat', role: 'partner', alertGroups: [], agencyId: 'an id' },
    ]);
  });

  it('says that a person is there whom the identity provider calls the same', () => {
    expect(peopleInTable(rows({ ...ADA, subject: 'sam' }), THERE)).toMatchObject([
      { isThere: true, adds: null, faults: [] },
    ]);
  });

  it.each([
    [{ ...ADA, name: '' }, 'it has no name'],
    [{ ...ADA, subject: '' }, 'it has no subject'],
    [{ ...ADA, email: 'ada' }, 'the e-mail address is none, such as name@example.org'],
    [{ ...ADA, role: 'king' }, expect.stringMatching(/^the role is one of: screener, social worker/)],
    [{ ...ADA, role: 'partner' }, 'a partner needs the name of an agency that the hub has'],
    [{ ...ADA, agency: 'Loomgate School' }, 'only a partner has an agency'],
    [{ ...ADA, alert_groups: 'friends' }, expect.stringMatching(/^alert groups, with a \|/)],
    [{ ...ADA, role: 'auditor', alert_groups: 'duty_team' }, 'this role answers no alerts'],
  ])('%j is not added, and says why', (cells, why) => {
    expect(peopleInTable(rows(cells), THERE)).toMatchObject([{ adds: null, faults: [why] }]);
  });
});
