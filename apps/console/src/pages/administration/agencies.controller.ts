import { Controller, Get, Param, Post } from '@nestjs/common';
import {
  Agencies, AgencyClients, BadKey, KeySets, Needs, NoKeys, readPublicKey, type KeyAddress, type NamedKey, type StaffActor,
} from '#access'; // prettier-ignore
import { HubTime } from '#deadlines';
import { WebhooksForAdministrators } from '#partners';
import { Refused } from '#platform';
import { Database } from '#store';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import {
  AgencyForm, ClientForm, FeedbackByForm, KeyAddressForm, KeyForm, ProgramForm, RemoveKeyForm, SuspendForm,
} from './administration.form.ts'; // prettier-ignore
import { presentAgencies, type Sent } from './administration.presenter.ts';
import { ShowAgency } from './show-agency.ts';

const NOTHING: Sent = { typed: {}, errors: null };

/** The agencies that refer children, with the people who refer by the form, and the programs that send and their keys. */
@Controller('administration/agencies')
export class AgenciesController {
  constructor(
    private readonly agencies: Agencies,
    private readonly clients: AgencyClients,
    private readonly keySets: KeySets,
    private readonly showAgency: ShowAgency,
    private readonly webhooks: WebhooksForAdministrators,
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('agencies:administer')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    return this.all(by, NOTHING);
  }

  @Post()
  @Needs('agencies:administer')
  async add(
    @SignedIn() by: StaffActor,
    @PostedForm(AgencyForm) { form, errors, typed }: Posted<AgencyForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.all(by, { typed, errors }, 422);
    const { name, kind, sourceCode } = form;
    let id = '';
    const refused = await refusalOf(async () => {
      id = await this.agencies.add({ name, kind, sourceCode }, by, formId);
    });
    if (refused !== null) return this.all(by, { typed, errors: { name: refused } }, 409);
    return redirect(`/administration/agencies/${id}`, { notice: `${name} is an agency of the hub.` });
  }

  @Get(':id')
  @Needs('agencies:administer')
  async one(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.showAgency.page(id, by, NOTHING);
  }

  @Post(':id/feedback')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async feedback(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(FeedbackByForm) { form, errors, typed }: Posted<FeedbackByForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { feedbackBy } = form;
    if (errors !== null || feedbackBy === '') return this.showAgency.page(id, by, { typed, errors }, 422);
    const { name } = await this.showAgency.find(id, by);
    await this.agencies.setFeedback({ id }, feedbackBy, by, formId);
    return this.back(
      id,
      `Referrers of ${name} are told ${feedbackBy === 'email' ? 'by e-mail' : 'by a person of the hub'}.`,
    );
  }

  @Post(':id/clients')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async addClient(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ClientForm) { form, errors, typed }: Posted<ClientForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const keys = await this.keysIn(form);
    const said = { ...typed, scopes: form.scopes, ...(isSecret(form.key) && { key: '' }) };
    const wrong: FormErrors = {
      ...(form.scopes.length === 0 && { scopes: 'Select what it may do' }),
      ...('wrong' in keys && keys.wrong),
      ...errors,
    };
    if (Object.keys(wrong).length > 0 || 'wrong' in keys) {
      return this.showAgency.page(id, by, { typed: said, errors: wrong }, 422);
    }
    await this.clients.add({ agencyId: id, name: form.clientName, scopes: form.scopes, ...keys }, by, formId);
    return this.back(id, `${form.clientName} may use the API. Its developers need its id and its kid from this page.`);
  }

  @Post(':id/keys')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async addKey(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(KeyForm) { form, errors, typed }: Posted<KeyForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.showAgency.page(id, by, { typed, errors }, 422);
    await this.mustBeOf(id, form.client, by);
    const key = await keyIn(form.nextKey);
    const said = isSecret(form.nextKey) ? { ...typed, nextKey: '' } : typed;
    if (typeof key === 'string') return this.showAgency.page(id, by, { typed: said, errors: { nextKey: key } }, 422);
    const refused = await refusalOf(() => this.clients.addKey(form.client, key, by, formId));
    if (refused !== null) return this.showAgency.page(id, by, { typed, errors: { nextKey: refused } }, 409);
    return this.back(id, 'The key is added. Remove the old one when the program signs with it.');
  }

  @Post(':id/key-address')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async setKeyAddress(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(KeyAddressForm) { form, errors, typed }: Posted<KeyAddressForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) return this.showAgency.page(id, by, { typed, errors }, 422);
    await this.mustBeOf(id, form.client, by);
    const wrong = await wrongWith(() => this.keySets.setAddress(form.client, form.nextAddress, by, formId));
    if (wrong !== null) return this.showAgency.page(id, by, { typed, errors: { nextAddress: wrong } }, 422);
    return this.back(id, 'The keys at that address are good from now on. Remove those that the program does not use.');
  }

  @Post(':id/key-address/remove')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async removeKeyAddress(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ProgramForm) { form, errors }: Posted<ProgramForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) throw new Refused('not-found');
    await this.mustBeOf(id, form.client, by);
    await this.keySets.removeAddress(form.client, by, formId);
    return this.back(
      id,
      'The keys at that address are good no more. Tokens that they gave run out within ten minutes.',
    );
  }

  @Post(':id/keys/remove')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async removeKey(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(RemoveKeyForm) { form, errors }: Posted<RemoveKeyForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) throw new Refused('not-found');
    await this.mustBeOf(id, form.client, by);
    await this.clients.removeKey(form.client, form.keyId, by, formId);
    return this.back(id, 'The key is removed. Tokens that it gave run out within ten minutes.');
  }

  @Post(':id/suspend')
  @FormOn('/administration/agencies/:id')
  @Needs('agencies:administer')
  async suspend(
    @Param('id', UuidPipe) id: string,
    @SignedIn() by: StaffActor,
    @PostedForm(SuspendForm) { form, errors }: Posted<SuspendForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    if (errors !== null) throw new Refused('not-found');
    await this.mustBeOf(id, form.client, by);
    await this.clients.suspend(form.client, form.act === 'suspend', by, formId);
    return this.back(
      id,
      form.act === 'suspend'
        ? 'The program is suspended: nothing that it sends from now on is taken.'
        : 'The program may ask for a token again, with its key.',
    );
  }

  /** The key of a new program, or the address at which it shows its keys. */
  private async keysIn({ key, keyAddress }: ClientForm): Promise<{ key: NamedKey } | { keySet: KeyAddress } | Wrong> {
    const isKey = key.trim() !== '';
    if (isKey === (keyAddress !== '')) {
      return {
        wrong: {
          key: isKey
            ? 'Give the key or the address, not both'
            : 'Paste its public key, or give the address of its keys',
        },
      };
    }
    if (isKey) {
      const read = await keyIn(key);
      return typeof read === 'string' ? { wrong: { key: read } } : { key: read };
    }
    let keySet: KeyAddress | undefined;
    const wrong = await wrongWith(async () => void (keySet = await this.keySets.look(keyAddress)));
    return keySet === undefined ? { wrong: { keyAddress: wrong! } } : { keySet };
  }

  private back(id: string, notice: string): Answer {
    return redirect(`/administration/agencies/${id}`, { notice });
  }

  /** @throws Refused `not-found` for a program of another agency */
  private async mustBeOf(id: string, client: string, by: StaffActor): Promise<void> {
    const own = await this.clients.list(id, by);
    if (!own.some((one) => one.id === client)) throw new Refused('not-found');
  }

  private async all(by: StaffActor, sent: Sent, status = 200): Promise<View> {
    const at = { now: await this.database.now(), zone: this.time.zone };
    const off = await this.webhooks.switchedOff(by);
    const locals = presentAgencies(await this.agencies.inFull(by), off, sent, at);
    return view('pages/administration/agencies.njk', locals, status);
  }
}

interface Wrong {
  readonly wrong: FormErrors;
}

/** Why no keys are at an address, in words; null when there are. */
async function wrongWith(look: () => Promise<unknown>): Promise<string | null> {
  try {
    await look();
    return null;
  } catch (error) {
    if (error instanceof NoKeys) return error.message;
    throw error;
  }
}

/** The key that a text is, or what is wrong with it in words. */
async function keyIn(text: string) {
  try {
    return await readPublicKey(text);
  } catch (error) {
    if (error instanceof BadKey) return error.words;
    throw error;
  }
}

/** Whether a text may be a private key: no page shows it again. */
const isSecret = (text: string) => /PRIVATE KEY|"(d|k)"/.test(text);
