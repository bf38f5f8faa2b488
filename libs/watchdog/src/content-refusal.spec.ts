import fc from 'fast-check';
import { contentRefusalsIn } from './content-refusal.ts';

const PAGE = 'https://mash.example.gov.uk/referrals/MASH-7K3F-9QXT/rating?done=1';
const KEPT = { directive: 'script-src-elem', blocked: 'inline', page: '/referrals/…/rating' };

it.each([
  [
    'the Reporting API',
    [
      {
        type: 'csp-violation',
        body: { effectiveDirective: 'script-src-elem', blockedURL: 'inline', documentURL: PAGE },
      },
    ],
  ],
  [
    'report-uri',
    { 'csp-report': { 'effective-directive': 'script-src-elem', 'blocked-uri': 'inline', 'document-uri': PAGE } },
  ],
  [
    'an older browser',
    { 'csp-report': { 'violated-directive': 'script-src-elem x', 'blocked-uri': 'inline', 'document-uri': PAGE } },
  ],
])('a report of %s keeps the rule, the content and the page without its reference', (_, report) => {
  expect(contentRefusalsIn(report)).toEqual([KEPT]);
});

it('a report of content of another site keeps its origin alone', () => {
  const body = { effectiveDirective: 'img-src', blockedURL: 'https://evil.example/?child=Mia', documentURL: PAGE };
  expect(contentRefusalsIn({ body })).toEqual([{ ...KEPT, directive: 'img-src', blocked: 'https://evil.example' }]);
});

it('whatever a visitor sends is kept only in words of ours', () => {
  fc.assert(
    fc.property(fc.string(), fc.webUrl(), fc.anything(), (directive, documentURL, blockedURL) => {
      for (const refusal of contentRefusalsIn([{ body: { effectiveDirective: directive, blockedURL, documentURL } }])) {
        expect(refusal.directive).toMatch(/^[a-z-]{3,30}$/);
        expect(refusal.page).toMatch(/^other$|^\/[a-z/…-]*$/);
        expect(refusal.blocked.length).toBeLessThanOrEqual(100);
      }
    }),
  );
});

it.each([[null], ['x'], [[]], [{}], [[{ type: 'deprecation', body: { id: 'x' } }]]])(
  'a body of %j is no report of refused content',
  (body) => {
    expect(contentRefusalsIn(body)).toEqual([]);
  },
);
