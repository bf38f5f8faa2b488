import { applyDecorators } from '@nestjs/common';
import { Matches, ValidateIf } from 'class-validator';

const OF_STORE = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];

/** Where files go into a store that speaks S3, or are in one, all of its settings are needed. */
export const StoreIsNamed = () =>
  ValidateIf(
    (settings: Readonly<Record<string, unknown>>) =>
      settings['ATTACHMENT_STORE'] === 's3' || OF_STORE.some((name) => settings[name] !== undefined),
  );

/** A setting of that store. */
export const OfStore = (pattern: RegExp, message: string) =>
  applyDecorators(StoreIsNamed(), Matches(pattern, { message }));
