import { Controller, Get } from '@nestjs/common';
import { Needs } from '#access';
import { FileStore } from '#attachments';
import { HubTime } from '#deadlines';
import { ReadServiceState } from '#watchdog';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { presentService } from './service.presenter.ts';

@Controller('service')
export class ServiceController {
  constructor(
    private readonly read: ReadServiceState,
    private readonly files: FileStore,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('service:read')
  async show(): Promise<Answer> {
    return view(
      'pages/service/service.njk',
      presentService(await this.read.execute(), await this.files.standing(), this.time.zone),
    );
  }
}
