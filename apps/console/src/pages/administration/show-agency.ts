import { Injectable } from '@nestjs/common';
import { Agencies, AgencyClients, type AgencyInFull, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { Refused } from '#platform';
import { WebhooksForAdministrators } from '#partners';
import { ReadPeople } from '#work';
import { view, type View } from '../../shell/answer/answer.ts';
import { presentAgency, type Sent } from './administration.presenter.ts';
import { presentWebhooks } from './webhooks.presenter.ts';

/** The page of one agency, as each of its forms shows it again. */
@Injectable()
export class ShowAgency {
  constructor(
    private readonly agencies: Agencies,
    private readonly clients: AgencyClients,
    private readonly people: ReadPeople,
    private readonly webhooks: WebhooksForAdministrators,
    private readonly time: HubTime,
  ) {}

  /** @throws Refused `not-found` */
  async find(id: string, by: StaffActor): Promise<AgencyInFull> {
    const found = (await this.agencies.inFull(by)).find((one) => one.id === id);
    if (found === undefined) throw new Refused('not-found');
    return found;
  }

  async page(id: string, by: StaffActor, sent: Sent, status = 200): Promise<View> {
    const agency = await this.find(id, by);
    const { clients, now } = await this.clients.ofAgency(id, by);
    const people = await this.people.ofAgency(id, by);
    const at = { now, zone: this.time.zone };
    const webhooks = presentWebhooks(await this.webhooks.ofAgency(id, by), clients, at);
    const locals = { ...presentAgency({ agency, clients, people }, sent, at), webhooks };
    return view('pages/administration/agency.njk', locals, status);
  }
}
