import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Schema } from '../../apps/api/src/contract/complete-examples.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}
export interface DocumentedAnswer {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<
    Record<
      string,
      { readonly schema: Schema; readonly examples?: Readonly<Record<string, { readonly value: object }>> }
    >
  >;
}

/** The committed contract. */
export const CONTRACT = JSON.parse(
  readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'),
) as OpenAPIObject;

export interface DocumentedOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

export const DOCUMENTED: readonly DocumentedOperation[] = Object.entries(CONTRACT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...(operation as object) })),
) as never;

export const SCHEMAS = CONTRACT.components!.schemas as unknown as Readonly<Record<string, Schema>>;

/** Of the message or the connection, not of the answer (RFC 9110, 6.6 and 7.6.1; 8.3 to 8.6). */
const OF_EVERY_MESSAGE = ['connection', 'keep-alive', 'date', 'content-type', 'content-length', 'transfer-encoding'];

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ ...withoutOtherProperties(), $id: 'contract' });

/** The contract in which no object has a property that it does not name: a client may pass over new ones, we may not. */
function withoutOtherProperties(): object {
  const copy = structuredClone(CONTRACT);
  for (const schema of Object.values(copy.components!.schemas as Record<string, Schema>)) {
    schema.additionalProperties = false;
  }
  return copy;
}

/** What is wrong with a value by a place of the contract, such as `components/schemas/Problem`; empty for nothing. */
export function faultsBy(place: readonly string[], value: unknown): string {
  const pointer = place.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
  const validate = ajv.getSchema(`contract#${pointer.join('')}`)!;
  return validate(value) === true ? '' : ajv.errorsText(validate.errors);
}

/** The operation that an address is of; an address that is spelt out goes before one with a parameter. */
export function documentedAt(method: string, address: string): DocumentedOperation | undefined {
  const path = address.replace(/\?.*/, '');
  const isAt = (one: DocumentedOperation) => new RegExp(`^${one.path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
  const there = DOCUMENTED.filter(isAt).toSorted(
    (one, other) => one.path.split('{').length - other.path.split('{').length,
  );
  const spelt = there[0]?.path;
  return there.find((one) => one.path === spelt && one.method === (method === 'HEAD' ? 'GET' : method));
}

/**
 * Holds an answer against the contract: its status, its headers, its media type and its body.
 *
 * @throws Error with what the contract does not say
 */
export function checkByContract(method: string, address: string, { status, headers, body }: Answered): void {
  const operation = documentedAt(method, address);
  if (operation === undefined) return;
  const fail = (why: string) => {
    throw new Error(`${operation.operationId} ${status}: ${why}`);
  };
  const answer = operation.responses[status];
  if (answer === undefined) return fail('the contract does not have this status');
  const named = new Set(Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase()));
  const unnamed = [...headers.keys()].filter((name) => !named.has(name) && !OF_EVERY_MESSAGE.includes(name));
  if (unnamed.length > 0) fail(`the contract does not have the headers ${unnamed.join(', ')}`);
  if (method === 'HEAD') return;
  const medias = Object.keys(answer.content ?? {});
  if (medias.length === 0) return body === null ? undefined : fail('the contract has no body');
  const media = medias.find((one) => headers.get('Content-Type')?.startsWith(one)) ?? '';
  if (media === '') fail(`the media type is not ${medias.join(' or ')}`);
  const place = [
    'paths',
    operation.path,
    operation.method.toLowerCase(),
    'responses',
    String(status),
    'content',
    media,
  ];
  const faults = faultsBy([...place, 'schema'], body);
  if (faults !== '') fail(faults);
}
