import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { CONTRACT_FILE, contractText } from '../../scripts/contract/contract-file.ts';
import { PROBLEMS, typeOf } from '../../apps/api/src/problems/problem-table.ts';
import type { Schema } from '../../apps/api/src/contract/complete-examples.ts';
import { CONTRACT, DOCUMENTED, faultsBy, SCHEMAS } from '../support/contract.ts';

interface Described extends Schema {
  readonly enum?: readonly unknown[];
  readonly 'x-enumDescriptions'?: Readonly<Record<string, string>>;
  readonly [limit: string]: unknown;
}

const PROPERTIES = Object.entries(SCHEMAS).flatMap(([schema, { properties = {} }]) =>
  Object.entries(properties).map(([name, property]) => [schema, name, property as Described] as const),
);

/** What keeps a schema of a type within bounds. */
function isBounded(schema: Described): boolean {
  if (schema.$ref !== undefined || schema.allOf !== undefined || schema.enum !== undefined) return true;
  if (schema.type === 'string') return ['maxLength', 'pattern', 'format'].some((limit) => limit in schema);
  if (schema.type === 'integer') return 'minimum' in schema && 'maximum' in schema;
  if (schema.type === 'array')
    return 'minItems' in schema && 'maxItems' in schema && isBounded(schema.items as Described);
  return schema.type === 'boolean';
}

it('is what the routes say: after a change, npm run contract writes it', async () => {
  expect(readFileSync(CONTRACT_FILE, 'utf8')).toBe(await contractText());
});

it('refers to nothing that is not there, and has nothing that is not referred to', () => {
  const text = JSON.stringify(CONTRACT);
  const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map(([, , name]) => name!));
  const there = [...Object.keys(SCHEMAS), ...Object.keys(CONTRACT.components!.headers!)];
  expect([...referred].filter((name) => !there.includes(name))).toEqual([]);
  expect(there.filter((name) => !referred.has(name))).toEqual([]);
});

it.each(PROPERTIES)('%s.%s has a description, an example that it allows, and limits', (schema, name, property) => {
  expect(property.description).toMatch(/^\S.*\.$/);
  expect(property.example).toBeDefined();
  expect(faultsBy(['components', 'schemas', schema, 'properties', name], property.example)).toBe('');
  expect(isBounded(property)).toBe(true);
});

it('says each code of a list in words', () => {
  const lists: Described[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray((value as Described).enum) && (value as Described).type === 'string')
      lists.push(value as Described);
    Object.values(value).forEach(look);
  };
  look(SCHEMAS);
  expect(lists.length).toBeGreaterThan(10);
  for (const list of lists) {
    expect(Object.keys(list['x-enumDescriptions'] ?? {})).toEqual(list.enum);
    for (const words of Object.values(list['x-enumDescriptions']!)) expect(words).toMatch(/^[A-Z].*/);
  }
});

it.each(DOCUMENTED.map((operation) => [operation.operationId, operation] as const))(
  '%s gives an example of each problem and of its body, and the contract allows them',
  (_, operation) => {
    const place = ['paths', operation.path, operation.method.toLowerCase()];
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      for (const [media, { examples = {} }] of Object.entries(content)) {
        for (const { value } of Object.values(examples)) {
          expect(faultsBy([...place, 'responses', status, 'content', media, 'schema'], value)).toBe('');
        }
      }
    }
  },
);

it('has every problem of the table, and no other', () => {
  const types = (SCHEMAS['Problem']!.properties!['type'] as Described).enum;
  expect(types).toEqual(Object.keys(PROBLEMS).map(typeOf));
});
