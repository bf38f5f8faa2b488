import { Controller, Get, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { readSandboxLink, type SandboxGuest } from '#access';
import { SandboxSettings } from '#platform';
import { FICTIONAL_CHILDREN } from './fictional-children.ts';
import { HubDatabases } from './hub-databases.ts';
import { HubsAtWork } from './hubs-at-work.ts';
import { pageBeforeJoining, pageOfSandbox, type Joined } from './join-page.ts';

/** So many sandboxes one server has: a link that is passed on does not fill its disk. */
const HUBS_AT_MOST = 100;

/** The link of an administrator, which leads the developers of an agency to a sandbox of theirs. */
@Controller('join')
export class JoinController {
  constructor(
    @Inject(SandboxSettings) private readonly settings: SandboxSettings,
    private readonly databases: HubDatabases,
    private readonly hubs: HubsAtWork,
  ) {}

  @Get(':link')
  async look(@Param('link') link: string, @Res() response: Response): Promise<void> {
    response.type('html').send(pageBeforeJoining(await this.guestOf(link)));
  }

  /** Makes the sandbox the first time. Each time it gives a new token and a new invitation. */
  @Post(':link')
  async join(@Param('link') link: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { id, agency } = await this.guestOf(link);
    const known = await this.databases.all();
    if (!known.some((one) => one.id === id)) {
      if (known.length >= HUBS_AT_MOST)
        return void response
          .status(503)
          .json({ error: 'This server has as many sandboxes as it takes. Tell the hub.' });
      await this.databases.make(id);
    }
    const hub = `${this.settings.SANDBOX_URL}/s/${id}`;
    const letIn = await this.hubs.with(id, (one) => one.letIn(agency));
    const joined: Joined = { ...letIn, hub, sandbox: `${hub}/sandbox`, children: FICTIONAL_CHILDREN };
    if (request.accepts(['json', 'html']) === 'html') response.type('html').send(pageOfSandbox(joined));
    else response.json(joined);
  }

  private async guestOf(link: string): Promise<SandboxGuest> {
    const guest = await readSandboxLink(this.settings.SANDBOX_SECRET, link, await this.databases.now());
    if (guest === null)
      throw new NotFoundException('This link is not one of the hub, or has run out. Ask the hub for a new one.');
    return guest;
  }
}
