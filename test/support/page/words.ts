import type { Cheerio, load } from 'cheerio';

type Node = Exclude<Parameters<typeof load>[0], string | Buffer | readonly unknown[]>;
/** Some elements of a page. */
export type Nodes = Cheerio<Node>;

/** Elements that stand in a line of text: between others a reader sees space. */
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'button',
  'code',
  'em',
  'i',
  'label',
  'small',
  'span',
  'strong',
  'time',
  'u',
]);
const UNSEEN = new Set(['head', 'script', 'style', 'template', 'select', 'textarea']);

/** White space as a reader sees it. */
export const folded = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/**
 * The words that people see or hear in some elements: without what is hidden, without what stands in fields, with
 * space where another line begins.
 */
export function wordsOf(nodes: Nodes): string {
  return folded(nodes.toArray().map(written).join(' '));
}

function written(node: Node): string {
  if (String(node.type) === 'text') return (node as unknown as { data: string }).data;
  if (!('children' in node)) return '';
  const { name = '', attribs = {} } = node as { name?: string; attribs?: Record<string, string> };
  if (UNSEEN.has(name) || 'hidden' in attribs || (name === 'dialog' && !('open' in attribs))) return '';
  const within = (node.children as Node[]).map(written).join('');
  return INLINE.has(name) ? within : ` ${within} `;
}
