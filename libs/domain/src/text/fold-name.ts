/**
 * Latin letters that no decomposition of Unicode takes apart, by the letters that people write for them who have no
 * such key (ICAO Doc 9303 part 3, and for ø, ł and their like the letter without its stroke).
 */
const WRITTEN_AS: readonly (readonly [string, string])[] = [
  ['æᴁᴭ', 'ae'], ['œɶ', 'oe'], ['þᵺꝥꝧ', 'th'], ['ß', 'ss'], ['ƕ', 'hv'], ['ƣ', 'oi'],
  ['ȸ', 'db'], ['ȹ', 'qp'], ['ʣʥ', 'dz'], ['ʦ', 'ts'], ['ʪ', 'ls'], ['ʫ', 'lz'], ['ᵫ', 'ue'], ['ỻ', 'll'],
  ['ꜳ', 'aa'], ['ꜵ', 'ao'], ['ꜷ', 'au'], ['ꜹꜻ', 'av'], ['ꜽ', 'ay'], ['ꝏ', 'oo'], ['ꝡ', 'vy'],
  ['ᴀᶏⱥɐɑ', 'a'], ['ƀƃɓʙᴃᵬᶀ', 'b'], ['ƈȼɕᴄꞓ', 'c'], ['ðđƌȡɖɗᴅᴆᵭᶁᶑꝱꝺ', 'd'], ['ɇəǝɛᴇᶒᶓⱸ', 'e'], ['ƒᵮᶂꜰꝼ', 'f'],
  ['ǥɠɡɢʛᶃꞡɣ', 'g'], ['ħɦɧʜⱨ', 'h'], ['ıɨɪᵻᶖɩ', 'i'], ['ȷɉɟʝᴊ', 'j'], ['ĸƙᴋᶄⱪꝁꝃꝅꞣ', 'k'], ['łƚȴɫɬɭʟᴌᶅⱡꝇꝉꝲ', 'l'],
  ['ɱᴍᵯᶆꝳ', 'm'], ['ŋƞȵɲɳɴᵰᶇꝴꞑꞥ', 'n'], ['øɔᴏⱺꝋꝍɵ', 'o'], ['ƥᴘᵱᵽᶈꝑꝓꝕ', 'p'], ['ʠꝗꝙ', 'q'], ['ɍɼɽɾʀᵲᵳᶉꝵꝶꞧ', 'r'],
  ['ȿʂᵴᶊẜẝꜱꞩſ', 's'], ['ŧƫƭȶʈᴛᵵⱦꝷꞇ', 't'], ['ʉᴜᵾᶙʊ', 'u'], ['ʋᴠᶌỽⱱⱴꝟ', 'v'], ['ᴡⱳ', 'w'], ['ᶍ', 'x'],
  ['ƴɏʏỿ', 'y'], ['ƶȥɀʐʑᴢᵶᶎⱬʒ', 'z'],
  // One letter with two shapes: of Persian and Arabic keyboards, and at the end of a word in Hebrew.
  ['یى', 'ي'], ['ک', 'ك'], ['ة', 'ه'], ['ך', 'כ'], ['ם', 'מ'], ['ן', 'נ'], ['ף', 'פ'], ['ץ', 'צ'],
]; // prettier-ignore
const LETTERS: ReadonlyMap<string, string> = new Map(
  WRITTEN_AS.flatMap(([letters, plain]) => [...letters].map((letter) => [letter, plain] as const)),
);

/** Apostrophes, and the letters and marks that stand for one or only lengthen a line: `O’Neil` is `ONeil`. */
const APOSTROPHE = /^['`´‘’‛′‵＇՚׳״ߴߵـꞋꞌ\u02B9-\u02C1\u02C6-\u02D1\u02EC\u02EE]$/u;
/** Assigned code points that show nothing. */
const INVISIBLE = /^(?=\p{Assigned})\p{Default_Ignorable_Code_Point}$/u;
/**
 * Marks that are optional in writing: accents, and the vowel signs of Hebrew, Arabic and Syriac. The marks of other
 * scripts are letters, such as the vowels of Devanagari, Bengali and Thai, and the voicing of Kana (U+3099, U+309A).
 */
const ACCENT =
  /(?![\u3099\u309A])(?=\p{M})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]/gu;

const ASCII = /^[\x00-\x7F]*$/;
const BETWEEN_WORDS = /[\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}]/gu;

/**
 * A name as it is compared and searched: however it was spelled, with capitals or accents or without (Unicode's full
 * case folding and compatibility forms). `mash.fold` in the database does the same, by the table that
 * `npm run name-folding` makes of {@link foldLetter}.
 *
 * @returns its words with one space between them; empty when it has no letters and digits
 */
export function foldName(name: string): string {
  // Most names are in ASCII: what the letters below say of it, in one go.
  if (ASCII.test(name)) {
    return name
      .replaceAll(/['`]/g, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, ' ')
      .trim();
  }
  return [...name.normalize('NFC')].map(foldLetter).join('').normalize('NFC').replaceAll(/ +/g, ' ').trim();
}

/**
 * What one code point of a name becomes.
 *
 * @returns small letters, the letter as it is, nothing, or one or more spaces between two words
 */
export function foldLetter(letter: string): string {
  if (APOSTROPHE.test(letter) || INVISIBLE.test(letter)) return '';
  const small = letter.normalize('NFKD').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKD');
  const plain = [...small.replaceAll(ACCENT, '')].map((one) => (APOSTROPHE.test(one) ? '' : (LETTERS.get(one) ?? one)));
  return plain.join('').replaceAll(BETWEEN_WORDS, ' ').normalize('NFC');
}
