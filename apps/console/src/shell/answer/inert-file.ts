/** A file that strangers sent. The browser saves it under a name of ours, and never shows it as a page of ours. */
export class InertFile {
  constructor(
    /** With its ending; ours, and nothing that was sent. */
    readonly name: string,
    readonly mediaType: string,
    /** Bytes. */
    readonly size: number,
    readonly bytes: AsyncIterable<Buffer>,
  ) {}
}

/** Should a browser show it all the same, nothing in it runs or loads, and it is of no site (CSP 3, `sandbox`). */
export const INERT = {
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Compressed on the way, its length would be another than the browser is told.
  'Cache-Control': 'no-store, no-transform',
} as const;
