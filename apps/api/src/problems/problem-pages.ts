import { readFileSync } from 'node:fs';
import { PROBLEMS } from './problem-table.ts';

/** Partners have the same texts as files of their kit. The build copies them beside the code. */
const TEXTS = new URL('../../../../partners/problems/', import.meta.url);

/** The text (Markdown) about each kind of problem. */
export const PROBLEM_PAGES: ReadonlyMap<string, string> = new Map(
  Object.keys(PROBLEMS).map((slug) => [slug, readFileSync(new URL(`${slug}.md`, TEXTS), 'utf8')]),
);

/** The address of the page about a kind of problem, which each answer of that kind names. */
export const helpOf = (hub: string, slug: string) => `${hub}/problems/${slug}`;
