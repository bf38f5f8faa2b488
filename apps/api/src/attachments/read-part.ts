import { MIMEType } from 'node:util';
import { PART_BYTES } from '#domain';
import { readBody } from '#platform';
import type { Request, Response } from 'express';
import { problem } from '../problems/api-problem.ts';

/** The bytes of a part. @throws ApiProblem 415; UnreadBody where it is larger than a part, or breaks off */
export async function readPart(request: Request, response: Response): Promise<Buffer> {
  if (!isOctets(request)) throw problem('part-not-octets');
  return readBody(request, response, PART_BYTES);
}

function isOctets(request: Request): boolean {
  if ((request.get('Content-Encoding') ?? 'identity').toLowerCase() !== 'identity') return false;
  try {
    return new MIMEType(request.get('Content-Type') ?? '').essence === 'application/octet-stream';
  } catch {
    return false;
  }
}
