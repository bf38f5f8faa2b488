import fc from 'fast-check';
import { isolateDirection } from './isolate-direction.ts';

describe('a page', () => {
  it.each([
    ['a name before an age', '<td>محمد, 6</td>', '<td><bdi>محمد</bdi>, 6</td>'],
    ['a name of two words', '<p>محمد العربي (father)</p>', '<p><bdi>محمد العربي</bdi> (father)</p>'],
    ['two names', '<p>محمد, 6 and نور, 7</p>', '<p><bdi>محمد</bdi>, 6 and <bdi>نور</bdi>, 7</p>'],
    [
      'the sentences of another',
      '<p class="mash-words">قال: 6 <b>لا</b> a\u202E</p><p>نور</p>',
      '<p class="mash-words">قال: 6 <b>لا</b> a<span class="mash-mark">U+202E</span></p><p><bdi>نور</bdi></p>',
    ],
    ['a name in Hebrew', '<p>נועה and 1 other</p>', '<p><bdi lang="he">נועה</bdi> and 1 other</p>'],
    ['a name in Thai', '<p>สมชาย ใจดี, 6</p>', '<p><span lang="th">สมชาย ใจดี</span>, 6</p>'],
    ['a name in Bengali', '<p>নীতা</p>', '<p><span lang="bn">নীতা</span></p>'],
    ['a mark of direction', '<p>a\u202Eb</p>', '<p>a<span class="mash-mark">U+202E</span>b</p>'],
    ['a label', '<a aria-label="a\u202E">b</a>', '<a aria-label="aU+202E">b</a>'],
    ['a title', '<title>محمد\u202E</title>', '<title>\u2068محمد\u2069U+202E</title>'],
    ['a choice', '<option value="محمد">محمد</option>', '<option value="محمد">\u2068محمد\u2069</option>'],
  ])('isolates %s', (_, page, isolated) => expect(isolateDirection(page)).toBe(isolated));

  it.each([
    ['English and Welsh', '<p title="x">Siân O’Neil &amp; 6</p>'],
    ['values of fields', '<input value="محمد\u202E"><textarea>محمد\n</textarea>'],
    ['code', '<script type="module">const a = "محمد";</script><!-- محمد -->'],
    ['drawings, which isolate by themselves', '<svg class="a"><text>\u2068محمد\u2069 ก</text></svg>'],
    ['scripts of several languages', '<p>王小明 Юлия नीता</p>'],
  ])('keeps %s as they are', (_, page) => expect(isolateDirection(page)).toBe(page));

  it('I14: has no mark of direction left in its text, and every letter that it had', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', ' ', '6', 'م', 'א', 'ก', '\u202E', '\u2067', '\u200F', '(', '&amp;'),
    });
    fc.assert(
      fc.property(letters, (text) => {
        const page = isolateDirection(`<p>${text}</p>`);
        expect(page).not.toMatch(/[\u200F\u202E\u2067]/);
        const read = page.replaceAll(/<span class="mash-mark">U\+(\w+)<\/span>/g, (_, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16)),
        );
        expect(read.replaceAll(/<\/?(bdi|span)[^>]*>/g, '')).toBe(`<p>${text}</p>`);
      }),
    );
  });
});
