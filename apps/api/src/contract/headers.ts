/** How a header of an answer stands in the contract. */
interface HeaderKind {
  readonly description: string;
  readonly example: string;
}

/** Headers of every answer: which request it is of, that no cache keeps it, and how much the sender may still send. */
const ALWAYS = {
  'X-Request-Id': {
    description: 'Names the request: your own X-Request-Id when that was a UUID. Tell us when you ask about it.',
    example: '3f2b8c1e-9d0a-4c57-8c36-0b1f7a2d9e41',
  },
  'Cache-Control': { description: 'No cache may keep the answer.', example: 'no-store' },
  RateLimit: {
    description: 'What is left of your limit, and in how many seconds it is renewed. Not without a known credential.',
    example: '"submissions";r=598;t=42',
  },
  'RateLimit-Policy': {
    description: 'The limit that holds for you: requests, and the seconds for which they are counted.',
    example: '"submissions";q=600;w=60',
  },
  Deprecation: {
    description:
      'Since when your access token is of a kind that ends (RFC 9745). Only with one from before client ids.',
    example: '@1763892000',
  },
  Sunset: { description: 'When that access token runs out (RFC 8594).', example: 'Sun, 23 May 2027 10:00:00 GMT' },
  Link: {
    description:
      'The address of the next page (RFC 8288) of a list that goes on; with Deprecation, also where it is said what comes instead.',
    example: '</api/v1/referrals?limit=50&after=WyIyMDI2LTExLTIzVDE0OjA3OjE5WiJd.p3Yx0b4n1QmT2cVdLw9aRg>; rel="next"',
  },
} as const satisfies Readonly<Record<string, HeaderKind>>;

const FOR_BROWSERS = 'For browsers; other clients need not read it.';
/** Headers by which a browser that opens an address of the API does nothing with it. */
const SECURITY = {
  'Content-Security-Policy': { description: FOR_BROWSERS, example: "default-src 'none'" },
  'Cross-Origin-Opener-Policy': { description: FOR_BROWSERS, example: 'same-origin' },
  'Cross-Origin-Resource-Policy': { description: FOR_BROWSERS, example: 'same-origin' },
  'Origin-Agent-Cluster': { description: FOR_BROWSERS, example: '?1' },
  'Referrer-Policy': { description: FOR_BROWSERS, example: 'no-referrer' },
  'Strict-Transport-Security': { description: FOR_BROWSERS, example: 'max-age=31536000; includeSubDomains' },
  'X-Content-Type-Options': { description: FOR_BROWSERS, example: 'nosniff' },
  'X-DNS-Prefetch-Control': { description: FOR_BROWSERS, example: 'off' },
  'X-Download-Options': { description: FOR_BROWSERS, example: 'noopen' },
  'X-Frame-Options': { description: FOR_BROWSERS, example: 'SAMEORIGIN' },
  'X-Permitted-Cross-Domain-Policies': { description: FOR_BROWSERS, example: 'none' },
  'X-XSS-Protection': { description: FOR_BROWSERS, example: '0' },
} as const satisfies Readonly<Record<string, HeaderKind>>;

/** Headers of some answers. */
const OWN = {
  Location: { description: 'Where what was stored can be read.', example: '/api/v1/referrals/MASH-7K3F-9QXT' },
  ETag: {
    description: 'Changes when what you are shown changes, and only then. Send it as If-None-Match.',
    example: '"k7Yx0b4n1QmT2cVdLw9aRg"',
  },
  'Idempotency-Replayed': { description: 'true when this is the answer to a retry.', example: 'true' },
  'Preference-Applied': {
    description: 'The preferences of Prefer that the answer meets (RFC 7240).',
    example: 'return=representation',
  },
  'WWW-Authenticate': { description: 'How to identify yourself (RFC 6750).', example: 'Bearer realm="mash"' },
  'Accept-Post': { description: 'The media type that the body must have.', example: 'application/json' },
  Allow: { description: 'The methods that the address takes.', example: 'GET, HEAD, OPTIONS' },
  'Retry-After': { description: 'Seconds after which it is worth trying again.', example: '5' },
} as const satisfies Readonly<Record<string, HeaderKind>>;

const HEADERS: Readonly<Record<string, HeaderKind>> = { ...ALWAYS, ...SECURITY, ...OWN };

/** Of one connection, not of the answer (RFC 9110, 7.6.1). */
const OF_THE_CONNECTION = ['Connection'];

const LONGEST = 500;

/** The headers of an answer, as references into the contract. */
export function headersOf(own: readonly string[]) {
  const names = [
    ...own.filter((name) => !OF_THE_CONNECTION.includes(name)),
    ...Object.keys({ ...ALWAYS, ...SECURITY }),
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/**
 * Every header that is referred to.
 *
 * @throws Error for a header that has no description here
 */
export function headerComponents(names: readonly string[]) {
  return Object.fromEntries(
    [...new Set(names)].sort().map((name) => {
      const kind = HEADERS[name];
      if (kind === undefined) throw new Error(`The header ${name} has no description in the contract`);
      return [
        name,
        { description: kind.description, schema: { type: 'string', maxLength: LONGEST }, example: kind.example },
      ];
    }),
  );
}
