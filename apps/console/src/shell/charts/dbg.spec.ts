import { writeSync } from 'node:fs';
import fc from 'fast-check';
import { stackedBars } from './stacked-bars.ts';
const count = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9_999_999 }));
const label = fc.oneof(fc.constantFrom('Red', '', 'W'.repeat(120)), fc.string({ unit: 'grapheme' }));
it('x', () => {
  const about = { subject: 'a', unit: { one: 'a', many: 'b' }, period: 'p', asOf: 'x', csvHref: null, definitionHref: null };
  const t0 = Date.now();
  const rowsList = fc.sample(fc.array(fc.record({ label, cells: fc.array(fc.record({ count, isLate: fc.boolean() }), { minLength: 7, maxLength: 7 }) }), { maxLength: 14 }), 20);
  writeSync(2, `sampled ${Date.now() - t0}\n`);
  for (const rows of rowsList) {
    const t = Date.now();
    writeSync(2, JSON.stringify(rows).slice(0, 300) + '\n');
    const c = stackedBars({ about, group: { one: 'g', many: 'gs' }, bands: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], rows, oldest: null });
    writeSync(2, `${Date.now() - t} ms ${c.svg.length}\n`);
  }
});
