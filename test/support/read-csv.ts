/** The rows of a file of comma-separated values by the heads of its columns. (RFC 4180) */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    line.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    lines.push(line);
    line = [];
    if (end === '') break;
  }
  const [head, ...rows] = lines.filter((cells) => cells.length > 1 || cells[0] !== '');
  return rows.map((cells) => Object.fromEntries(head!.map((column, at) => [column, cells[at] ?? ''])));
}
