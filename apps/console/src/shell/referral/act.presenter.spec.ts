import { actsOfKind, RECORD_KINDS } from '#audit';
import { presentAct, RECORD_KIND_WORDS } from './act.presenter.ts';

const said = (act: string, details: object) => {
  const { act: words, detail } = presentAct({ act, details: { ...details } });
  return detail === null ? words : `${words}: ${detail}`;
};

describe('an act in words', () => {
  it.each([...actsOfKind(null)])('is no code, and breaks for no details that are missing: %s', (act) => {
    expect(said(act, {})).not.toMatch(/[a-z]\.[a-z]|_|undefined|null|NaN/);
    expect(presentAct({ act, details: {} }).act).toMatch(/^[A-Z]/);
  });

  it.each([
    ['queue.read', { view: 'sign-off', lines: 1 }, 'Looked at the queue: what waits for sign-off, 1 line'],
    ['queue.read', { view: 'glance', lines: 0 }, 'Looked at the queue: their own work, 0 lines'],
    ['search.made', { fields: ['nhsNumber', 'upn'], found: 3 }, 'Searched: by NHS number, UPN; 3 found'],
    ['search.made', { fields: ['name', 'dateOfBirth'], found: 1 }, 'Searched: by name, date of birth; 1 found'],
    ['record.read', { count: 1 }, 'Read the record: 1 entry'],
    [
      'record.read',
      { count: 50, staffName: 'Sam Screener', kind: 'looked' },
      'Read the record: 50 entries of Sam Screener, looked at lists',
    ],
    ['referral.rated', { from: 'red', to: 'amber' }, 'Rated it: Red to amber'],
    ['staff.added', { staffName: 'Sol Worker', role: 'social_worker' }, 'Added a person: Sol Worker, social worker'],
    [
      'agency.corrected',
      { name: 'Loomgate Academy', kind: 'school', nameBefore: 'Loomgate School', kindBefore: 'other_authority' },
      'Corrected the name of an agency, or what it is: Loomgate Academy (School), before Loomgate School (Other authority)',
    ],
    ['staff.signed-out', { how: 'idle' }, 'Signed out: by itself, after half an hour'],
    ['rota.changed', { kind: 'add-cover' }, 'Changed the rota: add cover'],
    ['access.refused', { code: 'not-found', action: 'referral:decide' }, 'Was refused: may not decide the referral'],
    ['access.refused', { code: 'not-found' }, 'Was refused: may not see it'],
    ['access.refused', { code: 'lowering-needs-a-manager' }, 'Was refused: Only a manager can lower a rating'],
    [
      'access.refused',
      { code: 'not-found', action: 'workload:read', again: 4 },
      'Was refused: may not read the workload; 4 more within ten minutes',
    ],
    ['access.refused', { others: true, again: 30 }, 'Was refused: many different acts; 30 more within ten minutes'],
    ['access.refused', { code: 'toString' }, 'Was refused: toString'],
    ['credential.rejected', { why: 'revoked' }, 'A credential was rejected: it was taken away'],
    ['sign-in.failed', { why: 'not-begun' }, 'A sign-in failed: it was not begun here'],
    ['something.new', {}, 'Something.new'],
  ])('is said as people say it: %s %j', (act, details, words) => {
    expect(said(act, details)).toBe(words);
  });

  it('has a word for each kind that the record is asked for', () => {
    expect(Object.keys(RECORD_KIND_WORDS)).toEqual([...RECORD_KINDS]);
  });
});
