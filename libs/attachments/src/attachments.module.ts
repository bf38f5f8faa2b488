import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '#access';
import { BeginAttachment } from './begin-attachment.ts';
import { Clamd } from './clamd.ts';
import { CompleteAttachment } from './complete-attachment.ts';
import { ExamineParts } from './examine-parts.ts';
import { FileBytes } from './file-bytes.ts';
import { FileKeys } from './file-keys.ts';
import { ListOwnAttachments } from './list-own-attachments.ts';
import { LookAfterAttachments } from './look-after-attachments.ts';
import { FileStore } from './objects/file-store.ts';
import { OpenAttachment } from './open-attachment.ts';
import { ReadAttachments } from './read-attachments.ts';
import { ReadOwnFiles } from './read-own-files.ts';
import { ReceiveAttachment } from './receive-attachment.ts';
import { RemoveOrphans } from './remove-orphans.ts';
import { SCANNER, ScanAttachment } from './scan-attachment.ts';
import { StorePart } from './store-part.ts';

const USE_CASES = [
  ...[BeginAttachment, StorePart, CompleteAttachment, ListOwnAttachments],
  ...[ReceiveAttachment, ReadOwnFiles, ReadAttachments, OpenAttachment],
];

const KEEPING = [FileKeys, FileStore, FileBytes];

/** Files that agencies add to referrals of their own. */
@Module({
  imports: [AccessModule],
  providers: [...KEEPING, ExamineParts, ...USE_CASES],
  exports: [...KEEPING, ...USE_CASES],
})
export class AttachmentsModule {}

/** What a worker does for them. */
@Module({})
export class AttachmentWorkModule {
  /** @param clamdUrl of the scanner; undefined where there is none */
  static with(clamdUrl: string | undefined): DynamicModule {
    return {
      module: AttachmentWorkModule,
      imports: [AttachmentsModule],
      providers: [
        { provide: SCANNER, useValue: clamdUrl === undefined ? null : new Clamd(clamdUrl) },
        ScanAttachment,
        RemoveOrphans,
        LookAfterAttachments,
      ],
      exports: [ScanAttachment, LookAfterAttachments],
    };
  }
}
