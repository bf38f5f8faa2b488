import fc from 'fast-check';
import { shownName } from './shown-name.ts';

it.each([
  ['body map.pdf', 'body map.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\Bernadette\\Desktop\\letter.docx', 'letter.docx'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['a\u0000b\r\nc.png', 'abc.png'],
  ['zero\u200Bwidth\uFEFF.pdf', 'zerowidth.pdf'],
  ['  too   many\tspaces .pdf ', 'too manyspaces .pdf'],
  ['Zoe\u0308.pdf', 'Zo\u00eb.pdf'],
  ['Łukasz Żółć 写真 🧸.jpg', 'Łukasz Żółć 写真 🧸.jpg'],
  ['folder/', 'folder'],
  ['', 'File'],
  ['\u202E\u200B', 'File'],
  ['..', 'File'],
  ['/', 'File'],
])('the name %j is shown as %j', (sent, shown) => expect(shownName(sent)).toBe(shown));

it('a long name is shown with its beginning and its end', () => {
  const shown = shownName(`${'long '.repeat(60)}report.pdf`);
  expect([...shown]).toHaveLength(120);
  expect(shown).toMatch(/^long long .*….*report\.pdf$/);
});

it('no name that is shown has a folder, a control, a turn of direction, or more than 120 characters', () => {
  const hostile = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('/', '\\', '\u202E', '..', '\n')));
  fc.assert(
    fc.property(hostile, (parts) => {
      const shown = shownName(parts.join(''));
      expect(shown).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]/u);
      expect([...shown].length).toBeLessThanOrEqual(120);
      expect(shown.trim()).not.toBe('');
    }),
  );
});
