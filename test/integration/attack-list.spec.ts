import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PAGE = 'docs/security.md';

/** The letters of the list, each with how many cases it has. */
const LIST = { I: 20, M: 16, K: 8, Z: 14, S: 9, X: 10, R: 9, E: 4, W: 7, D: 10 };
const IDS = Object.entries(LIST).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, at) => `${letter}${at + 1}`),
);

interface Row {
  readonly id: string;
  readonly result: string;
  /** Files from the root of the checkout, each with the words of a title in it; a bench has none. */
  readonly proofs: readonly { readonly file: string; readonly title: string }[];
}

const ROWS: readonly Row[] = readFileSync(PAGE, 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
  .map((line) => {
    const [, id, , result, proved] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const links = [...proved!.matchAll(/\[[^\]]+\]\(([^)]+)\)(?:: (.*?)(?=; \[|$))?/g)];
    return {
      id: id!,
      result: result!,
      proofs: links.map(([, file, title = '']) => ({ file: join(dirname(PAGE), file!), title })),
    };
  });

/** The ids at the front of a title, of a test or of the tests within it, and the title behind them. */
const TITLE = /\(\s*(['"`])((?:[A-Z]\d{1,2}, )*[A-Z]\d{1,2}): ((?:(?!\1)[^\\]|\\.)*)\1/g;
function titlesIn(file: string): readonly { readonly ids: readonly string[]; readonly title: string }[] {
  return [...readFileSync(file, 'utf8').matchAll(TITLE)].map(([, , ids, title]) => ({
    ids: ids!.split(', '),
    title: title!.replaceAll('\\', '').replace(' (${backend})', ''),
  }));
}

/** Every title of the tests that has an id at its front: file, id and title. */
const TITLED = globSync(['test/**/*.ts', 'libs/**/*.spec.ts', 'apps/**/*.spec.ts']).flatMap((file) =>
  titlesIn(file).flatMap(({ ids, title }) => ids.map((id) => ({ file, id, title }))),
);

const isProved = ({ result }: Row) => result === 'holds' || result.startsWith('differs: ');

describe('the attack list', () => {
  it('has a row for each of its 107 cases, once, and no other', () => {
    expect(IDS).toHaveLength(107);
    expect(ROWS.map(({ id }) => id).toSorted()).toEqual(IDS.toSorted());
  });

  it('says of each case that it holds, differs or does not apply, and why', () => {
    const RESULT = /^(holds|differs: .{10,}|does not apply: .{5,})$/;
    expect(ROWS.filter(({ result }) => !RESULT.test(result))).toEqual([]);
  });

  it('names for each case that holds or differs a test whose title begins with its id', () => {
    const faults = ROWS.filter(isProved).flatMap(({ id, result, proofs }) => {
      if (proofs.length === 0) return [`${id} names no test`];
      const isMeasured = proofs.some(({ file }) => file.startsWith('bench/')) && result !== 'holds';
      return proofs.flatMap(({ file, title }) => {
        if (!existsSync(file)) return [`${id} names ${file}, which is not there`];
        if (isMeasured && file.startsWith('bench/')) return [];
        const isThere = titlesIn(file).some((one) => one.ids.includes(id) && one.title === title);
        return isThere ? [] : [`${id}: no title of ${file} is “${title}” with this id at its front`];
      });
    });
    expect(faults).toEqual([]);
  });

  it('names in the row of an id every test, or group of tests, whose title begins with it, and each once', () => {
    const unnamed = TITLED.filter(
      ({ file, id, title }) =>
        ROWS.filter((row) => row.id === id)
          .flatMap(({ proofs }) => proofs)
          .filter((proof) => proof.file === file && proof.title === title).length !== 1,
    );
    expect(TITLED.length).toBeGreaterThan(290);
    expect(unnamed.map(({ file, id, title }) => `${id}: ${file}: ${title}`)).toEqual([]);
  });

  it('quotes no title that says nothing without its values, nor one that two tests of a file share', () => {
    const wordsIn = (title: string) => title.replaceAll(/%\w/g, ' ').match(/\p{L}+/gu) ?? [];
    expect(TITLED.filter(({ title }) => wordsIn(title).length < 3)).toEqual([]);
    const lines = TITLED.map(({ file, id, title }) => `${id}: ${file}: ${title}`);
    expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([]);
  });

  it('has a row for every id at the front of a title', () => {
    const carried = new Set(TITLED.map(({ id }) => id));
    expect([...carried].filter((id) => !ROWS.some((row) => row.id === id))).toEqual([]);
    const unproved = ROWS.filter(({ result }) => result.startsWith('does not apply')).map(({ id }) => id);
    expect(unproved.filter((id) => carried.has(id))).toEqual([]);
  });
});
