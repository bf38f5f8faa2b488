import { traceOf, traceparentOf } from './trace-of.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

it.each([
  ['one of this version', `00-${TRACE}-${PARENT}-01`],
  ['one of a version to come', `01-${TRACE}-${PARENT}-00`],
  ['one of a version to come with more', `cc-${TRACE}-${PARENT}-01-what-the-future-will-be-like`],
])('reads the trace of %s', (_, traceparent) => {
  expect(traceOf(traceparent)).toBe(TRACE);
});

it.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['capital letters', `00-${TRACE.toUpperCase()}-${PARENT}-01`],
  ['no trace', `00-${'0'.repeat(32)}-${PARENT}-01`],
  ['no parent', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['version ff', `ff-${TRACE}-${PARENT}-01`],
  ['more than this version has', `00-${TRACE}-${PARENT}-01-x`],
  ['a letter that is none', `00-${TRACE.slice(1)}g-${PARENT}-01`],
  ['a line break', `00-${TRACE}-${PARENT}-01\r\nx: y`],
  ['spaces around it', ` 00-${TRACE}-${PARENT}-01`],
  ['more than a header holds', `01-${TRACE}-${PARENT}-01-${'x'.repeat(600)}`],
])('X7: finds no trace in %s', (_, traceparent) => {
  expect(traceOf(traceparent)).toBeNull();
});

it('a header of a later version is gone on with in the form of this one; a header that is none is not', () => {
  const [trace, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  expect(traceparentOf(`01-${trace}-${parent}-00-more`)).toBe(`00-${trace}-${parent}-01`);
  expect(traceparentOf(`00-${trace}-${'0'.repeat(16)}-01`)).toBeNull();
  expect(traceparentOf(undefined)).toBeNull();
});
