import { readBody } from '#platform';
import type { Request, Response } from 'express';
import { BODY_LIMIT } from '../body.interceptor.ts';

/** A client may send a few more than these endpoints read. */
const MOST_PARAMETERS = 20;

/** The parameters of a form, each of which is there once; in words why there are none. */
export async function readParameters(request: Request, response: Response): Promise<URLSearchParams | string> {
  if (request.is('application/x-www-form-urlencoded') === false) {
    return 'Send the parameters as application/x-www-form-urlencoded, and not in the address';
  }
  const form = new URLSearchParams((await readBody(request, response, BODY_LIMIT)).toString('utf8'));
  const names = [...form.keys()];
  if (names.length > MOST_PARAMETERS) return 'The form has more parameters than this endpoint knows';
  return new Set(names).size < names.length ? 'A parameter must be there once' : form;
}
