import { problem } from '../problems/api-problem.ts';
import { jsonFaults, placed } from './json-faults.ts';

/**
 * The JSON value of a body.
 *
 * @param body the bytes as sent; not a buffer when the media type was not ours to read
 * @throws ApiProblem 400 or 415
 */
export function readJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) throw problem('unsupported-media-type');
  const text = asText(body);
  const { form, repeated } = jsonFaults(text);
  if (form !== undefined) throw problem('malformed-body', { errors: [form] });
  if (repeated.length > 0) throw problem('repeated-property', { errors: repeated });
  return JSON.parse(text);
}

function asText(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    const before = wellFormedBefore(body);
    throw problem('malformed-body', {
      errors: [placed(before, before.length, '', 'not_utf8', 'The bytes here are not UTF-8')],
    });
  }
}

/** The text before the first byte that is not UTF-8. */
function wellFormedBefore(body: Buffer): string {
  let [good, bad] = [0, body.length];
  while (good < bad) {
    const middle = Math.ceil((good + bad) / 2);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle - 1;
    }
  }
  return new TextDecoder('utf-8').decode(body.subarray(0, good), { stream: true });
}
