import { MIMEType } from 'node:util';

/** Whether a body says that it is JSON in UTF-8, by any of the names of UTF-8 (WHATWG Encoding, 4.2). */
export function isUtf8Json(request: { headers: Record<string, string | string[] | undefined> }): boolean {
  try {
    const { essence, params } = new MIMEType(String(request.headers['content-type'] ?? ''));
    return essence === 'application/json' && new TextDecoder(params.get('charset') ?? 'utf-8').encoding === 'utf-8';
  } catch {
    return false;
  }
}
