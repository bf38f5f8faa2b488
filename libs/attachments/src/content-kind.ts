import type { FileKindCode } from '#domain';

/** As much of the end of a file as holds the list of what is in a ZIP archive: of a Word document some kilobytes. */
const END_BYTES = 256 * 1024;
const HEAD_BYTES = 64;

const END_OF_LIST = 0x06054b50;
const END_OF_LIST_BYTES = 22;
const LINE_OF_LIST = 0x02014b50;
const LINE_BYTES = 46;
/** Word's main part; some programs number it. */
const MAIN_PART = /^word\/document\d*\.xml$/;
const MACROS = /(^|\/)vbaProject\.bin$/i;
/** The name of the stream in which an older Word document has its text, in UTF-16. */
const WORD_STREAM = Buffer.from('WordDocument', 'utf16le');

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1'];

/**
 * What a file is by its content, whatever it is called. Written here and not taken from a library: the libraries know two
 * hundred kinds, and each of their readers would run on bytes of strangers in the process that takes referrals.
 *
 * The file goes through it once, a part at a time.
 */
export class ContentKind {
  private head = Buffer.alloc(0);
  private end = Buffer.alloc(0);
  private hasWordStream = false;

  add(bytes: Buffer): void {
    if (this.head.length < HEAD_BYTES) this.head = Buffer.concat([this.head, bytes]).subarray(0, HEAD_BYTES);
    // The name may lie across two parts.
    const before = this.end.subarray(-WORD_STREAM.length);
    this.hasWordStream ||=
      bytes.includes(WORD_STREAM) ||
      Buffer.concat([before, bytes.subarray(0, WORD_STREAM.length)]).includes(WORD_STREAM);
    this.end = Buffer.concat([this.end, bytes]).subarray(-END_BYTES);
  }

  /** @returns null for a kind that the hub does not take */
  get found(): FileKindCode | null {
    const { head } = this;
    const begins = (text: string, at = 0) => head.subarray(at, at + text.length).toString('latin1') === text;
    if (begins('%PDF-')) return 'pdf';
    if (begins('\xFF\xD8\xFF')) return 'jpeg';
    if (begins('\x89PNG\r\n\x1A\n')) return 'png';
    if (begins('GIF87a') || begins('GIF89a')) return 'gif';
    if (begins('RIFF') && begins('WEBP', 8)) return 'webp';
    if (begins('II*\0') || begins('MM\0*')) return 'tiff';
    if (begins('ftyp', 4) && HEIC_BRANDS.some((brand) => begins(brand, 8))) return 'heic';
    if (begins('PK\x03\x04')) return isWordDocument(namesInZip(this.end)) ? 'docx' : null;
    if (begins('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')) return this.hasWordStream ? 'doc' : null;
    return null;
  }
}

function isWordDocument(names: readonly string[]): boolean {
  const has = (is: RegExp) => names.some((name) => is.test(name));
  return has(/^\[Content_Types\]\.xml$/) && has(MAIN_PART) && !has(MACROS);
}

/**
 * The names in the list at the end of a ZIP archive (APPNOTE.TXT 6.3.10, 4.3.12 and 4.3.16).
 *
 * @param end of the archive
 * @returns none where there is no list, or one that does not fit into this much of the file
 */
function namesInZip(end: Buffer): readonly string[] {
  const at = end.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (at < 0 || at + END_OF_LIST_BYTES > end.length || end.readUInt32LE(at) !== END_OF_LIST) return [];
  const names: string[] = [];
  for (let line = at - end.readUInt32LE(at + 12); line < at;) {
    if (line < 0 || line + LINE_BYTES > at || end.readUInt32LE(line) !== LINE_OF_LIST) return [];
    const [name, extra, comment] = [28, 30, 32].map((place) => end.readUInt16LE(line + place)) as [
      number,
      number,
      number,
    ];
    names.push(end.subarray(line + LINE_BYTES, line + LINE_BYTES + name).toString('latin1'));
    line += LINE_BYTES + name + extra + comment;
  }
  return names;
}
