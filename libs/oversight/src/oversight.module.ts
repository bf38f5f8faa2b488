import { Module } from '@nestjs/common';

/** How promptly the hub works, and the proof of it. */
@Module({})
export class OversightModule {}
