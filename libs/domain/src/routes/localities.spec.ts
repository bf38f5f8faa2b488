import fc from 'fast-check';
import { OUTCOMES } from '../code-lists/outcomes.ts';
import { DEFAULT_LOCALITIES } from './default-localities.ts';
import { teamOfFamily } from './home-of-family.ts';
import { localityFaults, teamFor, type Localities } from './localities.ts';
import { ROUTE_KINDS } from './route-kinds.ts';
import { ROUTES, routeStateOf, ruleOfRoute, type RouteFacts } from './routes.ts';

/** Two teams share SK14 2, one of them has SK14 3AB alone, and a third the district. */
const TABLE: Localities = {
  teams: [
    { code: 'hyde', name: 'Hyde' },
    { code: 'moor', name: 'Moor' },
    { code: 'town', name: 'Town' },
  ],
  areas: [
    { team: 'hyde', postcodes: ['SK14'], wards: ['Longdendale', 'Market'] },
    { team: 'moor', postcodes: ['SK14 2', 'sk14 3ab', 'SK1'], wards: ['St. Peter’s'] },
    { team: 'town', postcodes: ['SK14 2', 'SK1 4', 'OL6 7AB', 'OL6  7'], wards: ['Market'] },
  ],
};

describe('the team of an address', () => {
  it.each([
    ['SK14 1AA', null, 'hyde'],
    ['sk141aa', null, 'hyde'],
    ['SK14 3AC', null, 'hyde'],
    ['SK14 3AB', null, 'moor'],
    ['sk14-3ab', null, 'moor'],
    ['SK14 2AA', null, 'split'],
    ['SK1 4AA', null, 'town'],
    ['SK1 3AA', null, 'moor'],
    ['SK11 3AA', null, 'nowhere'],
    ['OL6 7AB', null, 'town'],
    ['OL6 7XX', null, 'town'],
    ['OL6 8XX', null, 'nowhere'],
    ['75001', null, 'nowhere'],
    ['', null, 'nowhere'],
    [null, null, 'nowhere'],
    [null, 'longdendale', 'hyde'],
    [null, 'ST PETERS', 'moor'],
    [null, 'Market', 'split'],
    [null, 'Elsewhere', 'nowhere'],
    [null, '—', 'nowhere'],
    ['M1 1AA', 'Longdendale', 'hyde'],
    ['SK14 2AA', 'Longdendale', 'split'],
    ['SK14 3AB', 'Longdendale', 'moor'],
  ])('with postcode %p and ward %p is %s', (postcode, ward, expected) => {
    const found = teamFor(postcode, ward, TABLE);
    expect(found.team === null ? found.because : found.team.code).toBe(expected);
  });

  it('is that of the longest entry, whatever else the table has', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const letter = fc.constantFrom(...'ABDEFGHJLNPQRSTUWXYZ');
    const district = fc.constantFrom('OL6', 'OL16', 'M1', 'M11', 'W1A', 'SK14', 'SK1');
    const arbitrary = fc.record({ district, digit, a: letter, b: letter, others: fc.array(fc.tuple(district, digit)) });
    fc.assert(
      fc.property(arbitrary, (at) => {
        const whole = `${at.district} ${at.digit}${at.a}${at.b}`;
        const others = at.others.flatMap(([one, n]) => [one, `${one} ${n}`]);
        const table: Localities = {
          teams: ['other', 'mine'].map((code) => ({ code, name: code })),
          areas: [
            { team: 'other', postcodes: others, wards: [] },
            { team: 'mine', postcodes: [whole], wards: [] },
          ],
        };
        expect(teamFor(whole, null, table)).toMatchObject({ team: { code: 'mine' }, by: 'postcode' });
        expect(localityFaults(table)).toEqual([]);
      }),
    );
  });

  it('does not depend on the order of the table', () => {
    const turned = { teams: TABLE.teams.toReversed(), areas: TABLE.areas.toReversed() };
    for (const postcode of ['SK14 1AA', 'SK14 2AA', 'SK14 3AB', 'SK1 4AA', 'OL6 8XX'])
      expect(teamFor(postcode, 'Market', turned)).toEqual(teamFor(postcode, 'Market', TABLE));
  });
});

describe('the table that is shipped', () => {
  it.each([
    ['OL6 9ZZ', 'north'],
    ['OL7 0ZZ', 'north'],
    ['SK14 8ZY', 'south'],
    ['SK15 9ZW', 'east'],
    ['SK16 8ZZ', 'east'],
    ['OL5 0AA', 'east'],
    ['M34 9ZY', 'west'],
    ['M43 7AA', 'west'],
  ])('gives %s to the team of the %s', (postcode, team) => {
    expect(teamFor(postcode, null, DEFAULT_LOCALITIES)).toMatchObject({ team: { code: team }, by: 'postcode' });
  });

  it('has no fault, and no ward of two teams', () => {
    expect(localityFaults(DEFAULT_LOCALITIES)).toEqual([]);
    const wards = DEFAULT_LOCALITIES.areas.flatMap((area) => area.wards);
    for (const ward of wards) expect(teamFor(null, ward, DEFAULT_LOCALITIES)).toMatchObject({ by: 'ward' });
  });
});

it.each<[string, Partial<Localities>, string]>([
  ['without a team', { teams: [], areas: [] }, 'at least one team'],
  ['with two teams of one name', { teams: [...TABLE.teams, { code: 'x', name: 'HYDE' }] }, 'own code and name'],
  ['with a team without a name', { teams: [{ code: 'hyde', name: ' ' }], areas: [] }, 'Give each team a name'],
  ['with a wrong address', { teams: [{ code: 'a', name: 'A', email: 'a' }], areas: [] }, 'no e-mail address'],
  ['with an area of no team', { areas: [{ team: 'x', postcodes: [], wards: [] }] }, 'No team has the code “x”'],
  ['with a wrong postcode', { areas: [{ team: 'hyde', postcodes: ['SK14 33'], wards: [] }] }, '“SK14 33”'],
  ['with an area of letters', { areas: [{ team: 'hyde', postcodes: ['SK'], wards: [] }] }, '“SK”'],
])('a table %s has a fault', (_, change, words) => {
  const messages = localityFaults({ ...TABLE, ...change }).map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining(words)]);
});

describe('the team of a family', () => {
  const child = (postcode?: string, more: object = {}) =>
    postcode === undefined ? { ...more } : { address: { line1: '1 High Street', postcode }, ...more };
  const mother = (postcode: string, livesWithChild: string) => ({
    ...{ relationship: 'mother', livesWithChild, address: { postcode } },
  });

  it('is by the first child who has an address, and says which children live elsewhere', () => {
    const children = [child(), child('SK14 1AA'), child('OL6 7AB'), child('SK14 1AA')];
    expect(teamOfFamily({ children, adults: [] }, TABLE)).toMatchObject({
      ...{ team: { code: 'hyde' }, by: 'postcode' },
      home: { whose: 'child', position: 1, postcode: 'SK14 1AA', elsewhere: [2] },
    });
  });

  it('is by an adult who lives with the children when no child has an address, and by no other', () => {
    const adults = [mother('OL6 7AB', 'no'), mother('SK14 1AA', 'yes')];
    expect(teamOfFamily({ children: [child()], adults }, TABLE)).toMatchObject({
      ...{ team: { code: 'hyde' }, home: { whose: 'adult', position: 1 } },
    });
    expect(teamOfFamily({ children: [child()], adults: adults.slice(0, 1) }, TABLE)).toEqual({
      ...{ team: null, because: 'nowhere', home: null },
    });
  });

  it('is by the town only where the address has no postcode', () => {
    const at = (address: object) => teamOfFamily({ children: [{ address }], adults: [] }, TABLE);
    expect(at({ town: 'Longdendale' })).toMatchObject({ team: { code: 'hyde' }, by: 'ward' });
    expect(at({ town: 'Longdendale', postcode: 'M1 1AA' })).toMatchObject({ team: null, because: 'nowhere' });
    expect(at({ town: 'Longdendale', noFixedAbode: true })).toMatchObject({ team: null, home: null });
  });
});

describe('a route', () => {
  const awaited: RouteFacts = { kind: 'locality', team: 'hyde', recipient: null, answer: null, hasEnded: false };

  it.each<[Partial<RouteFacts>, string]>([
    [{}, 'awaiting'],
    [{ team: null }, 'no_recipient'],
    [{ team: null, recipient: 'Ms Reed' }, 'no_recipient'],
    [{ kind: 'allocated_worker', team: null }, 'no_recipient'],
    [{ kind: 'allocated_worker', team: null, recipient: 'Ms Reed' }, 'awaiting'],
    [{ kind: 'other_authority', team: null }, 'no_recipient'],
    [{ kind: 'lado', team: null }, 'awaiting'],
    [{ kind: 'edge_of_care', team: null }, 'awaiting'],
    [{ answer: 'accepted' }, 'accepted'],
    [{ answer: 'returned' }, 'returned'],
    [{ team: null, answer: 'returned' }, 'returned'],
    [{ answer: 'returned', hasEnded: true }, 'ended'],
  ])('with %j stands as %s', (facts, state) => {
    expect(routeStateOf({ ...awaited, ...facts })).toBe(state);
  });

  it('has one rule a kind, and a kind is of one outcome', () => {
    const kinds = OUTCOMES.flatMap((outcome) => ROUTES[outcome]?.kind ?? []);
    expect([...kinds].sort()).toEqual([...ROUTE_KINDS].sort());
    for (const kind of ROUTE_KINDS) expect(ruleOfRoute(kind).kind).toBe(kind);
  });
});
