import fc from 'fast-check';
import { bytesOfPart, MOST_BYTES, PART_BYTES, partsOf } from './attachment-limits.ts';

it('the largest file comes in twenty parts, and one byte in one', () => {
  expect([partsOf(MOST_BYTES), partsOf(1), partsOf(PART_BYTES), partsOf(PART_BYTES + 1)]).toEqual([20, 1, 1, 2]);
});

it('the parts of a file are its bytes, no part is empty, and only the last is shorter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MOST_BYTES }), (size) => {
      const parts = Array.from({ length: partsOf(size) }, (_, at) => bytesOfPart(at + 1, size));
      expect(parts.reduce((sum, bytes) => sum + bytes, 0)).toBe(size);
      expect(parts.slice(0, -1).every((bytes) => bytes === PART_BYTES)).toBe(true);
      expect(parts.at(-1)).toBeGreaterThan(0);
      expect(parts.at(-1)).toBeLessThanOrEqual(PART_BYTES);
    }),
  );
});
