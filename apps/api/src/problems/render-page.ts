import { createHash } from 'node:crypto';
import { PROBLEMS } from './problem-table.ts';
import { helpOf } from './problem-pages.ts';

const STYLE =
  'body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1.125rem/1.5 Arial,sans-serif}' +
  'code{font-size:1rem;overflow-wrap:anywhere}pre{padding:1rem;border:1px solid;white-space:pre-wrap}' +
  'td,th{padding:.25rem 1rem .25rem 0;text-align:left;vertical-align:top}td{overflow-wrap:anywhere}';

/** Lets the pages have the style above and nothing else. */
export const PAGES_CSP = {
  defaultSrc: ["'none'"],
  styleSrc: [`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`],
  ...{ baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
};

/** The page about one kind of problem. */
export function pageOfProblem(hub: string, slug: string, text: string): string {
  const more = `<p><a href="${escaped(`${hub}/problems`)}">All kinds of problems</a></p>`;
  return page(PROBLEMS[slug]!.title, rendered(text) + more);
}

/** The list of all kinds, by status. */
export function listOfProblems(hub: string): string {
  const rows = Object.entries(PROBLEMS)
    .toSorted(([one, { status: first }], [other, { status: second }]) => first - second || one.localeCompare(other))
    .map(
      ([slug, { status, title }]) =>
        `<tr><td>${status}</td><td><a href="${escaped(helpOf(hub, slug))}">${slug}</a></td><td>${escaped(title)}</td></tr>`,
    );
  const head = '<tr><th scope="col">Status</th><th scope="col">Kind</th><th scope="col">In words</th></tr>';
  const about =
    '<p>Each answer of the API that is no success is a problem (RFC 9457). Its <code>type</code> names the kind, and its ' +
    '<code>help</code> is the address of the page about it.</p>';
  return page(
    'Problems',
    `<h1>Problems</h1>${about}<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

/** A page about the API, for developers. @param body HTML */
export function page(title: string, body: string): string {
  return (
    `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>${escaped(title)} – MASH partner API</title>` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>` +
    `<body><main>${body}</main></body></html>`
  );
}

/**
 * The few forms of Markdown that the texts have: headings, paragraphs of one line, one list of lines, one block of code.
 *
 * @throws Error for a line of another form
 */
function rendered(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => renderedBlock(block))
    .join('');
}

function renderedBlock(block: string): string {
  const [, code] = /^```json\n([^]*)\n```$/.exec(block) ?? [];
  if (code !== undefined) return `<pre><code>${escaped(code)}</code></pre>`;
  const [, marks, heading] = /^(##?) (.+)$/.exec(block) ?? [];
  if (marks !== undefined) return `<h${marks.length}>${inline(heading!)}</h${marks.length}>`;
  const lines = block.split('\n');
  if (lines.every((line) => line.startsWith('- ')))
    return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
  if (lines.length === 1 && /^[\p{Letter}\d`]/u.test(block)) return `<p>${inline(block)}</p>`;
  throw new Error(`A text of a problem has a form that its page does not: ${block}`);
}

const inline = (text: string) =>
  escaped(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!);
