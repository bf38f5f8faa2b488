import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#attachments';
import { AttachmentController } from './attachment.controller.ts';

@Module({ imports: [AttachmentsModule], controllers: [AttachmentController] })
export class AttachmentPageModule {}
