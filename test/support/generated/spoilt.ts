import fc from 'fast-check';

/** A change of one place of a body: where, by a number that the body's places divide, and to what. */
type Change = { readonly at: number } & (
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'leave-out' }
  | { readonly kind: 'add'; readonly name: string; readonly value: unknown }
);

const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  0.5,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  'x'.repeat(30_000),
  '2026-02-30',
  [],
  {},
  [[[[[[[[[[[[[[]]]]]]]]]]]]]],
  Array.from({ length: 150 }, () => 1),
  JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}'),
];
const NAMES = ['status', 'id', 'agencyId', 'constructor', 'toString', '', '/', '~', 'a\u0000', 'x'.repeat(500), 'é'];

const wrong = fc.oneof(fc.constantFrom(...WRONG), fc.jsonValue({ maxDepth: 3 }));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('value' as const), at: fc.nat(), value: wrong }),
  fc.record({ kind: fc.constant('leave-out' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('add' as const), at: fc.nat(), name: fc.constantFrom(...NAMES), value: wrong }),
);

/** A body of JSON with one to three places other than they must be. */
export function spoilt(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(body, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([whole, changes]) => changes.reduce((part, one) => changed(part, one), structuredClone(whole)));
}

/** A body of JSON in which some of its sentences are other ones, of any letters. */
export function retold(body: unknown): fc.Arbitrary<unknown> {
  const words = fc.string({ unit: 'grapheme', minLength: 20, maxLength: 200 });
  return fc.array(fc.tuple(fc.nat(), words), { maxLength: 3 }).map((changes) =>
    changes.reduce((whole, [at, sentence]) => {
      const told = placesOf(whole).filter(([holder, name]) => /^\S+ \S+ \S+ \S+/.test(String(holder[name])));
      const [holder, name] = told[at % told.length] ?? [];
      if (holder !== undefined) holder[name!] = sentence;
      return whole;
    }, structuredClone(body)),
  );
}

type Holder = Record<string, unknown>;

function changed(body: unknown, one: Change): unknown {
  const places = placesOf(body);
  const place = places[one.at % (places.length + 1)];
  if (place === undefined) return one.kind === 'value' ? structuredClone(one.value) : body;
  const [holder, name] = place;
  if (one.kind === 'value') holder[name] = structuredClone(one.value);
  else if (one.kind === 'add')
    Object.defineProperty(holder, one.name, {
      value: structuredClone(one.value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else delete holder[name];
  return body;
}

/** Every place of a body in which a value stands. */
function placesOf(body: unknown): readonly (readonly [Holder, string])[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.keys(body).flatMap((name) => {
    const holder = body as Holder;
    return [[holder, name] as const, ...placesOf(holder[name])];
  });
}

/** A text of JSON with something put in, taken out or doubled. */
export function spoiltText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ',',
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    '\\',
    '\\u12',
    '\u0000',
    '\ufeff',
    '//',
    '1e',
    '-',
    'NaN',
    '{"a":1,"a":2}',
  );
  return fc.tuple(text, fc.nat(), fc.nat(40), piece).map(([whole, at, length, put]) => {
    const begin = at % (whole.length + 1);
    return whole.slice(0, begin) + put + whole.slice(begin + (length % 3 === 0 ? length : 0));
  });
}
