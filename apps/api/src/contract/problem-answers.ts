import { OPERATIONS, PROBLEMS, typeOf, type Operation, type ProblemKind } from '../problems/problem-table.ts';
import { helpOf } from '../problems/problem-pages.ts';
import { headersOf } from './headers.ts';

const ERRORS: Readonly<Record<string, object>> = {
  'malformed-body': {
    pointer: '',
    code: 'json_syntax',
    detail: 'Line 3, column 14: A comma or the closing bracket is expected here',
    line: 3,
    column: 14,
  },
  'repeated-property': {
    pointer: '/children/0/firstName',
    code: 'repeated_property',
    detail: 'Line 9, column 7: The object has this property already',
    line: 9,
    column: 7,
  },
  'invalid-referral': {
    pointer: '/children/0/nhsNumber',
    code: 'nhs_number_check_digit',
    detail: 'Must be ten digits with a valid check digit',
  },
  'invalid-addition': {
    pointer: '/pointer',
    code: 'required',
    detail: "Is required when kind is 'correction'",
  },
  'invalid-attachment': {
    pointer: '/size',
    code: 'whole_number',
    detail: 'Must be a whole number from 1 to 20971520',
  },
  'invalid-webhook-endpoint': {
    pointer: '/address',
    code: 'not_https',
    detail: 'The address must begin with https://',
  },
  'invalid-answer': {
    pointer: '/words',
    code: 'required',
    detail: "Is required when kind is 'known' or 'refused'",
  },
};

/** The statuses and problems that an operation can answer beside success, from the table of problems. */
export function problemAnswers(operation: Operation): Readonly<Record<string, ReturnType<typeof answer>>> {
  const kinds = Object.entries(PROBLEMS).filter(([, { on }]) => on.includes(operation));
  return Object.fromEntries(
    [...Map.groupBy(kinds, ([, { status }]) => status)].map(([status, ofStatus]) => [status, answer(status, ofStatus)]),
  );
}

function answer(status: number, kinds: readonly (readonly [string, ProblemKind])[]) {
  const own = kinds.flatMap(([, { headers }]) => Object.keys(headers ?? {}));
  return {
    description: kinds.map(([, { title }]) => title).join('. Or: '),
    headers: headersOf([...new Set(own)]),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            {
              type: 'object',
              properties: {
                type: { type: 'string', enum: kinds.map(([slug]) => typeOf(slug)) },
                status: { type: 'integer', enum: [status] },
              },
            },
          ],
        },
        examples: Object.fromEntries(
          kinds.map(([slug, kind]) => [slug, { summary: kind.title, value: example(slug) }]),
        ),
      },
    },
  };
}

function example(slug: string) {
  const { status, title, detail } = PROBLEMS[slug]!;
  return {
    type: typeOf(slug),
    status,
    title,
    ...(detail === undefined ? {} : { detail }),
    help: helpOf('https://mash.example.org', slug),
    ...(ERRORS[slug] === undefined ? {} : { errors: [ERRORS[slug]] }),
    instance: 'urn:request:3f2b8c1e-9d0a-4c57-8c36-0b1f7a2d9e41',
  };
}

export const isOperation = (id: string | undefined): id is Operation => OPERATIONS.some((one) => one === id);
