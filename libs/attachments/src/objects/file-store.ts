import { Injectable } from '@nestjs/common';
import { Settings } from '#platform';
import { S3Objects } from './s3-objects.ts';

/** How the store of files stands, for the page of the service. */
export type StoreStanding = 'in the database' | 'answers' | 'away';

/** Which store the settings name for files. */
@Injectable()
export class FileStore {
  /** The store beside PostgreSQL; null where there is none. What is there stays readable when new parts go elsewhere. */
  readonly objects: S3Objects | null;
  /** Whether new parts go there. */
  readonly takesParts: boolean;

  constructor(settings: Settings) {
    const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region } = settings;
    const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
    // The settings were looked at when the process began: where one is there, all are.
    this.objects =
      endpoint === undefined
        ? null
        : new S3Objects({
            ...{ endpoint, bucket: bucket!, region: region! },
            ...{ accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! },
          });
    this.takesParts = settings.ATTACHMENT_STORE === 's3' && this.objects !== null;
  }

  async standing(): Promise<StoreStanding> {
    if (this.objects === null || !this.takesParts) return 'in the database';
    return (await this.objects.answers()) ? 'answers' : 'away';
  }
}
