import fc from 'fast-check';
import { normaliseNhsNumber } from './nhs-number.ts';
import { parseReferralReference, referralReference } from './referral-reference.ts';
import { normaliseUpn } from './upn.ts';

describe('an NHS number', () => {
  it.each([
    ['9434765919', '9434765919'],
    ['401 023 2137', '4010232137'],
    ['999-000-0018', '9990000018'],
    ['9990000026', '9990000026'],
    ['9434765918', null],
    ['9991234560', null],
    ['943476591', null],
    ['94347659190', null],
    ['943476591X', null],
    ['', null],
  ])('M2: reads %j as the NHS number %j', (written, number) => expect(normaliseNhsNumber(written)).toBe(number));

  it('M2: refuses an NHS number with one wrong digit', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...'9434765919'];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(normaliseNhsNumber(digits.join(''))).toBeNull();
      }),
    );
  });
});

describe('a Unique Pupil Number', () => {
  it.each([
    ['A950000178301', 'A950000178301'],
    ['H243278544154', 'H243278544154'],
    ['p357200012023', 'P357200012023'],
    ['A950000178302', null],
    ['I950000178301', null],
    ['A95000017830', null],
    ['A95000017830O', null],
  ])('reads %j as the Unique Pupil Number %j', (written, upn) => expect(normaliseUpn(written)).toBe(upn));
});

describe('a referral reference', () => {
  const references = fc.uint8Array({ minLength: 7, maxLength: 7 }).map(referralReference);

  it('makes references of the form MASH-XXXX-XXXX that read back', () => {
    fc.assert(
      fc.property(references, (reference) => {
        expect(reference).toMatch(/^MASH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(parseReferralReference(reference)).toBe(reference);
      }),
    );
  });

  it('reads a reference as people type it', () => {
    const reference = referralReference(new Uint8Array([0, 1, 0, 1, 5, 6, 7]));
    const typed = reference
      .toLowerCase()
      .replace('mash-', '')
      .replaceAll('0', 'o')
      .replaceAll('1', 'l')
      .replace('-', ' ');
    expect(parseReferralReference(typed)).toBe(reference);
  });

  it('refuses a reference with one wrong character', () => {
    fc.assert(
      fc.property(references, fc.nat(7), fc.integer({ min: 1, max: 31 }), (reference, place, by) => {
        const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
        const characters = [...reference.replace('MASH-', '').replace('-', '')];
        characters[place] = alphabet[(alphabet.indexOf(characters[place]!) + by) % 32]!;
        expect(parseReferralReference(characters.join(''))).toBeNull();
      }),
    );
  });
});
