/** What turns the direction of writing or shows nothing: with these `gpj.exe` is read as `exe.jpg`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const LONGEST = 120;
/** Of a longer name, so much of its end is shown: there is what kind of file it says it is. */
const END = 20;

/**
 * The name of a file as it is shown. It is words of a stranger: shown as text, and used for no path and no address.
 *
 * @param sent as the agency calls the file, with or without folders
 * @returns without folders, what is unseen, and more than 120 characters; `File` where nothing is left
 */
export function shownName(sent: string): string {
  const last = sent.split(/[/\\]/).findLast((part) => seen(part) !== '');
  const name = last === undefined ? '' : seen(last);
  if (name === '' || /^\.+$/.test(name)) return 'File';
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  return `${characters.slice(0, LONGEST - END - 1).join('')}…${characters.slice(-END).join('')}`;
}

const seen = (text: string) => text.normalize('NFC').replaceAll(UNSEEN, '').replaceAll(/\s+/g, ' ').trim();
