import type { SubmittedReferral } from './submitted-referral.ts';
import { keepsAddress } from './kept-address.ts';

const REFERRAL: SubmittedReferral = {
  referrer: { name: 'Ros Hale', role: 'Teacher' },
  immediateDanger: false,
  concern: { types: ['neglect'], summary: 'He comes to school hungry. The family are refugees.', source: 'observed' },
  children: [{ firstName: 'Ann', address: { line1: '12 Mill Lane', postcode: 'OL6 7AB' } }],
  adults: [],
  parentsInformed: { informed: 'yes' },
  agreement: { status: 'given' },
};
const keeps = (more: Partial<SubmittedReferral>) => {
  const { children, adults = [], ...submitted } = { ...REFERRAL, ...more };
  return keepsAddress({ submitted, children, adults });
};
const summary = (text: string) => ({ concern: { ...REFERRAL.concern, summary: text } });
const home = (line1: string) => ({ children: [{ firstName: 'Ann', address: { line1, postcode: 'OL6 7AB' } }] });

it.each([
  ['names what the family must not learn', { withholdFromFamily: 'That the school rang.' }],
  ['says in its summary that they fled to a refuge', summary('The mother fled to a Refuge in March.')],
  ['says that the address must not be shared', summary('Her address must be kept from him.')],
  ['warns staff that the location is confidential', { staffSafety: 'The location is confidential.' }],
  ['has a line of an address that is a refuge', home('Rowan Women’s Aid Refuge')],
  ['has a line that says so itself', home('Confidential')],
  ['has a safe house', home('Safe house, Ashton')],
  ['says that the child is in a refuge now', { children: [{ firstName: 'Ann', currentLocation: 'In refuge' }] }],
  [
    'has it in an adult’s address',
    { adults: [{ relationship: 'mother', address: { line1: 'Willow Refuge', postcode: 'OL6 7AB' } }] },
  ],
] as [string, Partial<SubmittedReferral>][])('keeps the addresses of a referral that %s', (_, more) => {
  expect(keeps(more)).toBe(true);
});

it.each([
  ['says nothing of it', {}],
  ['warns of a dog', { staffSafety: 'A large dog in the yard.' }],
  ['has a street of such a name', home('3 Secretary Close')],
] as [string, Partial<SubmittedReferral>][])('keeps none of a referral that %s', (_, more) => {
  expect(keeps(more)).toBe(false);
});
