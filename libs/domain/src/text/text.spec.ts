import fc from 'fast-check';
import { isBlank } from './blank.ts';
import { foldName } from './fold-name.ts';
import { lengthOf, plainText } from './plain-text.ts';
import { withoutOrnament } from './without-ornament.ts';

const everyCodePoint = Array.from({ length: 0x11_00_00 }, (_, point) => point)
  .filter((point) => point < 0xd8_00 || point > 0xdf_ff)
  .map((point) => String.fromCodePoint(point));

describe('a blank text', () => {
  it.each(['', ' ', '\u00a0', '\u00ad', '\u200b\u200e', '\u3164', '\u2028\t\n', '\u{e0041}', '\ufe0f', '\u061c\u2066'])(
    'is one that shows nothing: %j',
    (text) => expect(isBlank(text)).toBe(true),
  );

  it.each(['a', '.', '\u00a0a', '\u{1f600}', '\u0301', '0'])('is not one that shows something: %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('a plain text', () => {
  it.each([
    ['CR LF', 'a\r\nb'],
    ['CR', 'a\rb'],
    ['the line break of Word', 'a\u000bb'],
    ['the page break of Word', 'a\u000cb'],
    ['NEL', 'a\u0085b'],
    ['the separator of paragraphs', 'a\u2029b'],
  ])('has one LF for %s', (_, text) => expect([plainText(text), lengthOf(text)]).toEqual(['a\nb', 3]));

  it.each(['a\u0000b', 'a\u001bb', '\u009f', '\ud800', 'a\udc00'])('I13: is none with %j in it', (text) => {
    expect(plainText(text)).toBeNull();
  });

  it('is composed, and keeps marks of direction and emoji as they are', () => {
    expect(plainText('Zoe\u0308 \u202babc\u202c 👩‍👧')).toBe('Zo\u00eb \u202babc\u202c 👩‍👧');
  });

  it('has one for each code point as its length', () => expect(lengthOf('👩‍👧é')).toBe(4));
});

describe('a number without ornament', () => {
  it.each(['943-476-5919', '943.476.5919', '943 • 476 • 5919', '943‑476‑5919', '943–476–5919', '943 — 476 − 5919', '943\u00a0476\u20095919', '943\u200b4765919', '\u202a943\u00ad4765919\u202c', '9434765919.', '“943 476 5919”,', '９４３４７６５９１９'])(
    'is its digits: %s',
    (written) => expect(withoutOrnament(written)).toBe('9434765919'),
  ); // prettier-ignore

  it.each(['943/476/5919', '943a4765919', '943,476,5919'])('keeps other characters, to be refused: %s', (written) => {
    expect(withoutOrnament(written)).not.toBe('9434765919');
  });
});

describe('a folded name', () => {
  it.each([
    ['Đorđe', 'Dorde'],
    ['Æsir', 'aesir'],
    ['Þór', 'THOR'],
    ['Straße', 'STRASSE'],
    ['İbrahim Çelik', 'ibrahim celik'],
    ['Ισμήνη Σίσυφος', 'ΙΣΜΗΝΗ ΣΙΣΥΦΟΣ'],
    ['ʻOkina', "'Okina"],
    ["O'Neil", 'O\u02bcNeil'],
    ['O’Neil', 'ONeil'],
    ['ﬁona', 'Fiona'],
    ['Ｊｏｈｎ', 'John'],
    ['Łukasz Ŵyn', 'lukasz wyn'],
    ['Алёна', 'АЛЕНА'],
    ['مُحَمَّد', 'محمد'],
    ['أحمد', 'احمد'],
    ['علی', 'علي'],
    ['فاطمة', 'فاطمه'],
    ['אברהם', 'אברהמ'],
    ['שָׁלוֹם', 'שלום'],
    ['Lukács-Kiss', 'Lukacs Kiss'],
    ['Ma\u00adry\u200b', 'Mary'],
    ['Nguyễn', 'Nguyen'],
  ])('of %s is that of %s', (one, other) => expect(foldName(one)).toBe(foldName(other)));

  it.each([
    ['की', 'का'],
    ['नी', 'न'],
    ['নি', 'না'],
    ['ที', 'ทา'],
    ['がき', 'かき'],
    ['강', '가'],
    ['Ann', 'Anna'],
  ])('of %s is not that of %s', (one, other) => expect(foldName(one)).not.toBe(foldName(other)));

  it('of a letter is that of its capital, of its decomposed and compatible forms, and of itself', () => {
    const others = everyCodePoint
      .filter((letter) => /\p{L}/u.test(letter))
      .filter((letter) => {
        const forms = [foldName(letter), letter.normalize('NFD'), letter.normalize('NFKC'), letter.toUpperCase()];
        return forms.some((form) => foldName(form) !== foldName(letter));
      });
    expect(others).toEqual([]);
  });

  it('is its own, whatever text it is of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        expect(foldName(foldName(text))).toBe(foldName(text));
      }),
    );
  });
});
