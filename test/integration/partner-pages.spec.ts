import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS, typeOf } from '../../apps/api/src/problems/problem-table.ts';
import { DOCUMENTED, faultsBy } from '../support/contract.ts';

const read = (...path: string[]) => readFileSync(join('partners', ...path), 'utf8');
const slugs = Object.keys(PROBLEMS).sort();

describe('the pages of problems', () => {
  it('there is one for each kind of problem, none too many, and each is in the table', () => {
    const pages = readdirSync('partners/problems').filter((file) => file !== 'README.md');
    expect(pages.sort()).toEqual(slugs.map((slug) => `${slug}.md`));
    const rows = [...read('problems', 'README.md').matchAll(/^\| (\d+) \| \[([\w-]+)\]\(\2\.md\) \| (.+) \|$/gm)];
    const inTable = rows.map(([, status, slug, title]) => [slug, Number(status), title]);
    expect(inTable.toSorted()).toEqual(
      slugs.map((slug) => [slug, PROBLEMS[slug]!.status, PROBLEMS[slug]!.title]).toSorted(),
    );
  });

  it.each(slugs)('%s says when it comes, what to do, and shows an example by the contract', (slug) => {
    const page = read('problems', `${slug}.md`);
    const { status, title } = PROBLEMS[slug]!;
    expect(page.split('\n').slice(0, 3)).toEqual([`# ${title}`, '', `\`${typeOf(slug)}\` · status ${status}`]);
    expect(page).toMatch(/\n## When it comes\n\n.+\n\n## What to do\n\n- .+\n[^]*\n## An example\n\n```json\n/);
    const example = JSON.parse(/```json\n([^]*?)\n```/.exec(page)![1]!) as object;
    expect(example).toMatchObject({ type: typeOf(slug), status, title });
    expect(faultsBy(['components', 'schemas', 'Problem'], example)).toBe('');
  });
});

describe('the collection', () => {
  const requests = readdirSync('partners/bruno')
    .filter((file) => file.endsWith('.bru'))
    .map((file) => ({ operationId: file.replace('.bru', ''), text: read('bruno', file) }));
  const VARIABLES = {
    ...{ '{reference}': '{{reference}}', '{id}': '{{informationRequest}}', '{name}': '{{codeList}}' },
    ...{ '{attachment}': '{{attachment}}', '{number}': '{{part}}' },
    ...{ '{endpoint}': '{{webhookEndpoint}}', '{delivery}': '{{webhookDelivery}}' },
  };

  it('has a request for each operation of the contract, by its method and its address', () => {
    const has = requests.map(({ operationId, text }) => {
      const [, method, path] = /^(get|post|put|delete) \{\n {2}url: \{\{hub\}\}(\S+)$/m.exec(text) ?? [];
      return [operationId, method, path];
    });
    const documented = DOCUMENTED.map(({ operationId, method, path }) => {
      const address = Object.entries(VARIABLES).reduce((so, [name, value]) => so.replace(name, value), path);
      return [operationId, method.toLowerCase(), address];
    });
    expect(has.toSorted()).toEqual(documented.toSorted());
  });

  it('names no variable that the environment does not have', () => {
    const environment = read('bruno', 'environments', 'local.bru');
    for (const { text } of requests) {
      for (const [, name] of text.matchAll(/\{\{(\w+)\}\}/g))
        expect(environment).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    }
  });

  it('sends bodies that the contract takes', () => {
    const bodies = requests.filter(({ text }) => text.includes('\nbody:json {'));
    expect(bodies.map(({ operationId }) => operationId)).toHaveLength(7);
    for (const { operationId, text } of bodies) {
      const body: unknown = JSON.parse(/^body:json (?=\{\n)\{\n([^]*?)\n\}$/m.exec(text)![1]!);
      const { path } = DOCUMENTED.find((one) => one.operationId === operationId)!;
      const place = ['paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema'];
      expect(faultsBy(place, body)).toBe('');
    }
  });
});
