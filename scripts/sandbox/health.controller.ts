import { Controller, Get, Header } from '@nestjs/common';
import { HubDatabases } from './hub-databases.ts';

@Controller('health')
export class SandboxHealthController {
  constructor(private readonly databases: HubDatabases) {}

  /** Answers while the server of the databases does. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  async live(): Promise<{ status: 'ok' }> {
    await this.databases.now();
    return { status: 'ok' };
  }
}
