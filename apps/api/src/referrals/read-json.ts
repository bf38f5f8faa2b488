import { malformedBody, unsupportedMediaType } from '../problems/api-problem.ts';

/**
 * The JSON value of a body.
 *
 * @param body the bytes as sent; not a buffer when the media type was not ours to read
 * @throws ApiProblem 400 or 415
 */
export function readJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) throw unsupportedMediaType();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw malformedBody('The body is not valid UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw malformedBody('The body could not be parsed as JSON.');
  }
}
