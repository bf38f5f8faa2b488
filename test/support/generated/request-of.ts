import fc from 'fast-check';
import { DOCUMENTED, type DocumentedOperation } from '../contract.ts';
import { retold, spoilt, spoiltText } from './spoilt.ts';
import { valueOf, type ShapeOfValue } from './value-of.ts';

/** A request to the API; in its texts stand names of what only a running hub has, such as `@token`. */
export interface GeneratedRequest {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: ShapeOfValue;
}
interface Content {
  readonly schema: ShapeOfValue;
  readonly examples?: Readonly<Record<string, { readonly value: object }>>;
}
type Described = DocumentedOperation & {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
};

const FORM = 'application/x-www-form-urlencoded';
const OCTETS = 'application/octet-stream';
/** A part of a file, and what is none. */
const BYTES = fc.oneof(
  { weight: 5, arbitrary: fc.constant('@bytes') },
  fc.string({ unit: 'binary', maxLength: 2_000 }),
);
/** What a header may hold. */
const sendable = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '').trim();
const seldom = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: other });

const AUTHORIZATIONS = [
  '',
  'Bearer',
  'Bearer mash_unknown',
  'Basic bWFzaA==',
  'Bearer @token @token',
  `Bearer ${'x'.repeat(400)}`,
  '@token',
];
const ACCEPTS = ['*/*', 'application/json;q=0', 'text/html', 'application/problem+json', ',;q=', 'application/*'];
const TYPES = [
  'text/plain',
  'application/json; charset=utf-16',
  'application/xml',
  '',
  'application/jsonx',
  'application/json; charset="utf-8"',
  FORM,
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const QUERIES = [
  '?',
  '?a',
  '?dryRun=1&dryRun=0',
  '?filter[agency]=x',
  '?__proto__=1',
  '?page=%ff',
  '?sort=%00',
  "?q=';--",
];
const PARTS = [
  'x',
  '%00',
  '%ff',
  '..%2f..',
  '@',
  'MASH-0000-0000',
  '00000000-0000-0000-0000-000000000000',
  'a'.repeat(3_000),
  '%F0%9F%98%80',
];

/** Requests of every operation of the contract: as it says, and otherwise in every part that a client chooses. */
export const generatedRequest: fc.Arbitrary<GeneratedRequest> = fc.oneof(
  ...(DOCUMENTED as readonly Described[]).map(requestOf),
);

function requestOf(operation: Described): fc.Arbitrary<GeneratedRequest> {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return fc
    .record({
      method: seldom(fc.constant(operation.method), fc.constantFrom(...METHODS)),
      path: pathOf(operation),
      query: seldom(fc.constant(''), fc.constantFrom(...QUERIES)),
      headers: headersOf(operation, type),
      body: content === undefined ? fc.constant(null) : type === OCTETS ? BYTES : bodyOf(content, type === FORM),
    })
    .map(({ method, path, query, headers, body }) => ({
      ...{ operationId: operation.operationId, method, path: path + query, headers },
      body: ['GET', 'HEAD'].includes(method) ? null : body,
    }));
}

function pathOf({ path, parameters = [] }: Described): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const values = names.map((name) => {
    const schema = parameters.find((one) => one.in === 'path' && one.name === name)!.schema;
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant(`@${name}`) },
      { weight: 2, arbitrary: valueOf(schema).map(String) },
      { weight: 1, arbitrary: fc.constantFrom(...PARTS) },
    );
  });
  return fc
    .tuple(...values)
    .map((found) => names.reduce((whole, name, at) => whole.replace(`{${name}}`, found[at]!), path));
}

function headersOf(
  { operationId, parameters = [] }: Described,
  type: string | undefined,
): fc.Arbitrary<Record<string, string>> {
  const own = parameters
    .filter((one) => one.in === 'header')
    .map(({ name, schema }) => {
      const value = seldom(valueOf(schema).map(String), fc.string({ maxLength: 300 })).map(sendable);
      // A key is new at most requests: one that comes again says which referral it stored.
      const usual = name === 'Idempotency-Key' ? seldom(fc.constant('@key'), value) : value;
      return fc.oneof({ weight: 3, arbitrary: usual.map((one) => [name, one] as const) }, fc.constant(null));
    });
  return fc
    .tuple(
      seldom(
        fc.constant(operationId === 'registerClient' ? 'Bearer @invitation' : 'Bearer @token'),
        fc.constantFrom(...AUTHORIZATIONS),
      ),
      seldom(fc.constant('application/json'), fc.constantFrom(...ACCEPTS)),
      type === undefined ? fc.constant('') : seldom(fc.constant(type), fc.constantFrom(...TYPES)),
      ...own,
    )
    .map(([authorization, accept, contentType, ...others]) => ({
      ...{ Authorization: authorization, Accept: accept },
      ...(contentType === '' ? {} : { 'Content-Type': contentType }),
      ...Object.fromEntries(others.filter((one) => one !== null)),
    }));
}

function bodyOf({ schema, examples = {} }: Content, isForm: boolean): fc.Arbitrary<string> {
  // The schema allows much that is refused for what it means: the examples are what is accepted.
  const value = fc.oneof(valueOf(schema), ...Object.values(examples).map((one) => retold(one.value)));
  const asText = (body: unknown) => (isForm ? formOf(body) : JSON.stringify(body)) ?? '';
  return fc.oneof(
    { weight: 5, arbitrary: value.map(asText) },
    { weight: 4, arbitrary: spoilt(value).map(asText) },
    { weight: 1, arbitrary: spoiltText(value.map(asText)) },
  );
}

function formOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return JSON.stringify(body);
  const said = (one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one)).toWellFormed();
  const texts = Object.entries(body).map(([name, one]) => [name.toWellFormed(), said(one)] as [string, string]);
  // An assertion that nobody signed is refused at once: most have one that the client signed.
  return new URLSearchParams(texts.map(([name, text]) => [name, /^eyJ/.test(text) ? '@assertion' : text])).toString();
}
