/** The keys with which the tests encrypt files. */
export const ATTACHMENT_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;
