import { readSettings } from './read-settings.ts';
import { Settings } from './settings.ts';

const DATABASE_URL = 'postgres://localhost/mash';
const STORE = {
  ...{ ATTACHMENT_STORE: 's3', S3_ENDPOINT: 'https://store.example.org', S3_BUCKET: 'files', S3_REGION: 'eu-west-2' },
  ...{ S3_ACCESS_KEY_ID: 'an id', S3_SECRET_ACCESS_KEY: 'a secret' },
};
const read = (settings: Record<string, string>) => readSettings(Settings, { DATABASE_URL, ...settings });

it('files go into the database where no setting says otherwise', () => {
  expect(read({}).ATTACHMENT_STORE).toBe('postgresql');
});

it('a store of files is read from its settings', () => {
  expect(read({ ...STORE, S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' })).toMatchObject({
    ...{ ATTACHMENT_STORE: 's3', S3_ENDPOINT: 'https://store.example.org', S3_BUCKET: 'files' },
  });
});

it.each([
  [
    { ATTACHMENT_STORE: 's3' },
    /S3_ENDPOINT is missing; S3_BUCKET is missing; S3_REGION is missing; S3_ACCESS_KEY_ID is missing; S3_SECRET_ACCESS_KEY is missing/,
  ],
  [{ S3_ENDPOINT: 'https://store.example.org' }, /^Bad settings: S3_BUCKET is missing/],
  [{ ATTACHMENT_STORE: 'disk' }, /ATTACHMENT_STORE must be postgresql or s3/],
  [STORE, /S3_ACCESS_KEY_ID must be the id of a key; S3_SECRET_ACCESS_KEY must be the secret of a key/],
  [{ ...STORE, S3_BUCKET: 'Files/of' }, /S3_BUCKET must be the name of a bucket/],
  [{ ...STORE, S3_ENDPOINT: 'store' }, /S3_ENDPOINT must be an http:\/\/ or https:\/\/ address/],
])(
  'a store of files that is set up by halves or wrongly is named with each fault, and no value: %j',
  (settings, said) => {
    expect(() => read(settings)).toThrow(said);
    expect(() => read(settings)).not.toThrow(/an id|a secret|Files\/of/);
  },
);
