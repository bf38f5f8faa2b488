import { readSought } from './understood.ts';

describe('the one box of the search', () => {
  it.each([
    ['943 476 5919', { nhsNumber: '9434765919' }],
    ['NHS: 943-476-5919', { nhsNumber: '9434765919' }],
    ['0161 496 0122', { telephone: '+441614960122' }],
    ['07700 900123', { telephone: '+447700900123' }],
    ['+44 7700 900 123', { telephone: '+447700900123' }],
    ['ol6 6dl', { postcode: 'OL6 6DL' }],
    ['OL66DL', { postcode: 'OL6 6DL' }],
    ['27/3/2019', { dateOfBirth: '2019-03-27' }],
    ['27.03.2019', { dateOfBirth: '2019-03-27' }],
    ['27 3 2019', { dateOfBirth: '2019-03-27' }],
    ['27032019', { dateOfBirth: '2019-03-27' }],
    ['2019-03-27', { dateOfBirth: '2019-03-27' }],
    ['27 March 2019', { dateOfBirth: '2019-03-27' }],
    ['27th mar 2019', { dateOfBirth: '2019-03-27' }],
    ['elodie marsden', { name: 'elodie marsden' }],
    ["Siân O'Shaughnessy-Ŵyn", { name: "Siân O'Shaughnessy-Ŵyn" }],
    ['محمد', { name: 'محمد' }],
    ['Bradshaw', { name: 'Bradshaw' }],
    ['Mashal', { name: 'Mashal' }],
    ['April May', { name: 'April May' }],
    ['Elodie Marsden, born 27/3/2019', { name: 'Elodie Marsden', dateOfBirth: '2019-03-27' }],
    ['Marsden OL6 6DL', { name: 'Marsden', postcode: 'OL6 6DL' }],
  ])('knows %s by itself', (written, parts) => {
    expect(readSought(written)).toMatchObject({ parts, fault: null });
  });

  it.each(['MASH-0000-0000', 'mash00000000', '0000 0000'])('knows the reference written as %s', (written) => {
    expect(readSought(written)).toMatchObject({ parts: { reference: 'MASH-0000-0000' } });
  });

  it.each([
    ['943 476 5918', 'not an NHS number'],
    ['MASH-7K3F', 'not a whole reference'],
    ['MASH-0000-0001', 'not a whole reference'],
    ['A123456789012', 'not a Unique Pupil Number'],
    ['OL6', 'whole postcode'],
    ['27/3/19', 'four digits'],
    ['31/2/2019', 'that exists'],
    ['27/3/0019', 'that exists'],
    ['12345', 'no number, date or postcode'],
    ['???', 'no number, date or postcode'],
    ['  ', 'Say what you know'],
  ])('says of %s what is wrong with it', (written, said) => {
    expect(readSought(written).fault).toContain(said);
  });
});
