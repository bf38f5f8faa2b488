import { householdKey, withNoFixedAbode } from './household.ts';

const HOME = { line1: '12 High Street', line2: 'Hyde', town: 'Tameside', postcode: 'SK14 2AB' };

describe('a household', () => {
  it.each([
    ['capitals and spaces', { line1: ' 12  HIGH STREET ', line2: 'hyde', town: 'Tameside', postcode: 'sk142ab' }],
    ['an empty line', { line1: '12 High Street, Hyde', line2: '', town: 'Tameside', postcode: 'SK14 2AB' }],
    ['commas and full stops', { line1: '12, High Street.', line2: 'Hyde,', town: 'Tameside', postcode: 'SK14 2AB' }],
    ['the parts on other lines', { line1: '12 High Street', town: 'Hyde, Tameside', postcode: 'SK14 2AB' }],
  ])('is one where its address is written with %s', (_, address) => {
    expect(householdKey(address)).toBe(householdKey(HOME));
  });

  it('is another at another number, and none without an address', () => {
    expect(householdKey({ ...HOME, line1: '121 High Street' })).not.toBe(householdKey(HOME));
    expect([householdKey({}), householdKey({ uprn: '1' }), householdKey({ line1: ' , ' })]).toEqual([null, null, null]);
  });
});

describe('no fixed abode', () => {
  it.each([
    [{ line1: 'No Fixed Abode' }, { noFixedAbode: true }],
    [
      { line1: 'N.F.A.', town: 'Hyde' },
      { town: 'Hyde', noFixedAbode: true },
    ],
    [{ line2: 'of no fixed abode', postcode: 'zz993vz' }, { noFixedAbode: true }],
    [{ line1: 'NFA, Hyde' }, { line1: 'NFA, Hyde', noFixedAbode: true }],
    [{ line1: 'no fixed abode - sofa surfing' }, { line1: 'no fixed abode - sofa surfing', noFixedAbode: true }],
    [{ line1: 'zz99 3vz' }, { noFixedAbode: true }],
    [
      { line1: 'c/o 3 Mill Lane', postcode: 'ZZ99 3VZ' },
      { line1: 'c/o 3 Mill Lane', noFixedAbode: true },
    ],
  ])('is read from %j', (written, address) => {
    expect(withNoFixedAbode(written)).toEqual(address);
    expect(householdKey(withNoFixedAbode(written))).toBeNull();
  });

  it('is not read from an address that only sounds like it', () => {
    const address = { line1: '1 Homeless Prevention House', town: 'Hyde', postcode: 'SK14 2AB' };
    expect(withNoFixedAbode(address)).toBe(address);
  });
});
