/** Marks that turn the direction of text, or isolate it: what a person recorded must not read otherwise for them. */
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** A letter that is written from right to left: of Hebrew, Arabic, Syriac, Thaana, N'Ko and the scripts beside them. */
const TO_THE_LEFT = '\\u0590-\\u08FF\\uFB1D-\\uFDFF\\uFE70-\\uFEFE\\u{10800}-\\u{10FFF}\\u{1E800}-\\u{1EFFF}';
/** The words of one name: what stands between two names, such as a comma or a number, stays outside. */
const RUN = new RegExp(`[${TO_THE_LEFT}](?:(?:[\\s\\p{M}\\p{Cf}.’-]|&#39;)*[${TO_THE_LEFT}])*`, 'gu');
/** The tag of an element that finds its own direction: its text is whole sentences. */
const FINDS_ITS_OWN = /^<(\w+)\b[^>]*\b(?:mash-words|dir="auto")/;
/** Scripts in which one language is written, so that a screen reader says it with its own voice. */
const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hebrew}/u, 'he'], [/\p{Script=Thai}/u, 'th'], [/\p{Script=Hangul}/u, 'ko'], [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Greek}/u, 'el'], [/\p{Script=Bengali}/u, 'bn'], [/\p{Script=Gujarati}/u, 'gu'], [/\p{Script=Gurmukhi}/u, 'pa'],
  [/\p{Script=Tamil}/u, 'ta'], [/\p{Script=Telugu}/u, 'te'], [/\p{Script=Kannada}/u, 'kn'], [/\p{Script=Malayalam}/u, 'ml'],
  [/\p{Script=Sinhala}/u, 'si'], [/\p{Script=Georgian}/u, 'ka'], [/\p{Script=Armenian}/u, 'hy'], [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Lao}/u, 'lo'], [/\p{Script=Myanmar}/u, 'my'], [/\p{Script=Thaana}/u, 'dv'],
]; // prettier-ignore
/** Words of one such script, with what stands between them. */
const WORDS_OF_A_SCRIPT = new RegExp(
  LANGUAGES.map(([{ source }]) => `${source}(?:[\\p{M}\\p{Cf}]|[ '’-]?${source})*`).join('|'),
  'gu',
);
/** What the page holds beside text: tags, comments, and elements whose text is a value, code or drawn. */
const NOT_TEXT = /(<(?:script|style|textarea|svg)\b[^]*?<\/(?:script|style|textarea|svg)>|<!--[^]*?-->|<[^>]*>)/i;
/** Attributes that are read out or shown. */
const SPOKEN = /\b(?:aria-label|title|alt)="[^"]*"/g;
/** Elements that can hold no other element. */
const PLAIN = /^<(\/?)(title|option)\b/i;

/**
 * A page in which every text reads as it was recorded, whatever its letters and wherever it comes from: text that runs
 * from right to left is isolated (`<bdi>`), text of a script of one language says which it is (`lang`), and marks of
 * direction are shown instead of obeyed. Values of fields stay as they are.
 *
 * @param page HTML of our templates, in which `<` is always the beginning of a tag
 */
export function isolateDirection(page: string): string {
  let isPlain = false;
  let ownDirection: string | null = null;
  return page
    .split(NOT_TEXT)
    .map((part, index) => {
      if (index % 2 === 0) {
        return isPlain ? isolatedPlainly(part) : ownDirection === null ? isolated(part) : withLanguages(part);
      }
      const [, closes, plain] = PLAIN.exec(part) ?? [];
      if (plain !== undefined) isPlain = closes === '';
      if (ownDirection === null) ownDirection = FINDS_ITS_OWN.exec(part)?.[1] ?? null;
      else if (part === `</${ownDirection}>`) ownDirection = null;
      return part.replaceAll(SPOKEN, (attribute) => attribute.replaceAll(TURNS, nameOf));
    })
    .join('');
}

function isolated(text: string): string {
  return withLanguages(text.replaceAll(RUN, (run) => `<bdi${languageOf(run)}>${run}</bdi>`));
}

function withLanguages(text: string): string {
  return text
    .replaceAll(WORDS_OF_A_SCRIPT, (words, at: number, whole: string) =>
      whole.lastIndexOf('<bdi', at) > whole.lastIndexOf('</bdi', at)
        ? words
        : `<span${languageOf(words)}>${words}</span>`,
    )
    .replaceAll(TURNS, (mark) => `<span class="mash-mark">${nameOf(mark)}</span>`);
}

/** Where no element of HTML can be, such as in a drawing: by Unicode's own isolates. */
export function isolatedPlainly(text: string): string {
  return text.replaceAll(TURNS, nameOf).replaceAll(RUN, (run) => `\u2068${run}\u2069`);
}

/** Such as `U+202E`, by which it can be looked up. */
const nameOf = (mark: string) => `U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

function languageOf(text: string): string {
  const language = LANGUAGES.find(([script]) => script.test(text))?.[1];
  return language === undefined ? '' : ` lang="${language}"`;
}
