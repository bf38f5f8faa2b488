import { newKey } from './key-ring.ts';
import { openBytes, sealBytes } from './sealed-bytes.ts';

it('bytes open with their key and at their place, and nowhere else', () => {
  const [one, other] = [newKey(), newKey()];
  const sealed = sealBytes(one, Buffer.from('body map'), 'part 1');
  expect(openBytes(one, sealed, 'part 1').toString()).toBe('body map');
  expect(sealed.includes('body map')).toBe(false);
  expect(() => openBytes(other, sealed, 'part 1')).toThrow();
  expect(() => openBytes(one, sealed, 'part 2')).toThrow();
  sealed[sealed.length - 1]! ^= 1;
  expect(() => openBytes(one, sealed, 'part 1')).toThrow();
});
