import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * What people read has one name for one act. Each of these was a second name of something: the name that it has, beside
 * the words that it must not have.
 */
const OTHER_NAMES: readonly (readonly [name: string, others: RegExp])[] = [
  ['Return to queue', /\b(giv(e|es|en|ing)|gave)\b(?! this rating)[^.<]{0,30}\bback\b(?! to you)/i],
  ['Not allocated', /\b(not|nobody|no person) (held|holds)\b|\bunheld\b|\bunassigned\b|\bunclaimed\b/i],
  ['with Jo Marsh', /\bheld (now )?by\b|\bwho holds\b|\bholds (it|this|them|what|the referral)\b/i],
  ['You have no referrals', /\b(you|they|still)( do not| will not)? hold\b/i],
  ['alleged to have caused harm', /\bsaid to have (done|harmed|caused)\b|\bperpetrators?\b/i],
  ['picked up on time', /\btaken (in|on) time\b|\btook (it )?(in|on) time\b/i],
  ['level of need', /\bthreshold levels?\b/i],
  ['System health', /\b(service|system) status\b|\bhealth of the (service|system)\b/i],
];

/** What a template shows: its text and the texts in its expressions, and no comment, tag or address. */
function textsOfTemplate(source: string): readonly string[] {
  const shown = source.replaceAll(/\{#[\s\S]*?#\}/g, '').replaceAll(/<\/?[a-z][^>]*>/gi, '\n');
  return shown.replaceAll(/\{%[\s\S]*?%\}/g, (tag) => `\n${(tag.match(/"[^"]*"/g) ?? []).join('\n')}\n`).split('\n');
}

/** The texts of a program that have a space: a code has none. */
function textsOfProgram(name: string, source: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    else if (ts.isTaggedTemplateExpression(node)) return;
    else if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'));
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest));
  return texts.filter((text) => text.trim().includes(' '));
}

/** Every text that people may read, with the file that has it. */
function everyText(): readonly (readonly [file: string, text: string])[] {
  const files = [
    ...globSync('apps/console/{src,assets}/**/*.{njk,ts,js}'),
    ...globSync('libs/domain/src/{code-lists,measures,policy}/**/*.ts'),
    ...globSync('libs/platform/src/refusals*.ts'),
    ...globSync('libs/alerts/src/*words.ts'),
    'libs/referrals/src/body/submit-referral.body.ts',
  ].filter((file) => !file.endsWith('.spec.ts'));
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const texts = file.endsWith('.njk') ? textsOfTemplate(source) : textsOfProgram(file, source);
    // Of a strategy discussion or a conference people say that it was held, of a referral never.
    const isOfMeetings = /discussion|refusals-of-decisions/.test(file);
    return texts.map((text) => [file, isOfMeetings ? text.replaceAll(/\bnot held\b/gi, '') : text] as const);
  });
}

const texts = everyText();

it('the texts that people may read are found', () => {
  expect(texts.length).toBeGreaterThan(2_000);
  expect(texts.map(([, text]) => text.trim())).toEqual(
    expect.arrayContaining(['Return to queue', 'You have no referrals. Take the next one.']),
  );
});

it.each(OTHER_NAMES)('“%s” has no other name where people read it', (_, others) => {
  expect(texts.filter(([, text]) => others.test(text)).map(([file, text]) => `${file}: ${text.trim()}`)).toEqual([]);
});

it.each([
  ['Give MASH-1 back', 0],
  ['Gave it back', 0],
  ['given back with a note', 0],
  ['Only if it is not held', 1],
  ['Held by', 2],
  ['Held now by', 2],
  ['You hold nothing', 3],
  ['Said to have done the harm', 4],
  ['Reds taken in time', 5],
  ['the threshold level', 6],
])('“%s” is found as another name', (text, which) => {
  expect(OTHER_NAMES.map(([, others]) => others.test(text)).indexOf(true)).toBe(which);
});
