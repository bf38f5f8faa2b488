import { Controller, Get, NotFoundException, Param, Post, type PipeTransform } from '@nestjs/common';
import { COLUMNS_OF, IMPORTED, ImportTable, Needs, type Imported, type StaffActor } from '#access';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { TableForm } from './administration.form.ts';
import { presentImport } from './import.presenter.ts';
import { readTable } from './read-table.ts';

class ImportedPipe implements PipeTransform<string, Imported> {
  transform(of: string): Imported {
    const found = IMPORTED.find((one) => one === of);
    if (found === undefined) throw new NotFoundException();
    return found;
  }
}

/** Agencies, or people who sign in, from a table: first what would become of each row, then all of them or none. */
@Controller('administration/import/:of')
@FormOn('/administration/import/:of')
export class ImportController {
  constructor(private readonly importTable: ImportTable) {}

  @Get()
  @Needs('people:administer')
  show(@Param('of', ImportedPipe) of: Imported): Answer {
    return page(of, '', null, null);
  }

  @Post()
  @Needs('people:administer')
  async preview(
    @Param('of', ImportedPipe) of: Imported,
    @SignedIn() by: StaffActor,
    @PostedForm(TableForm) { form, errors }: Posted<TableForm>,
  ): Promise<Answer> {
    if (errors !== null) return page(of, form.table, null, errors['table'] ?? null, 422);
    const rows = readTable(form.table, COLUMNS_OF[of]);
    if (typeof rows === 'string') return page(of, form.table, null, rows, 422);
    return page(of, form.table, await this.importTable.preview(of, rows, by), null);
  }

  @Post('add')
  @Needs('people:administer')
  async add(
    @Param('of', ImportedPipe) of: Imported,
    @SignedIn() by: StaffActor,
    @PostedForm(TableForm) { form }: Posted<TableForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const rows = readTable(form.table, COLUMNS_OF[of]);
    if (typeof rows === 'string') return page(of, form.table, null, rows, 422);
    let added = 0;
    const refused = await refusalOf(async () => {
      added = await this.importTable.execute({ of, rows, formId, by });
    });
    if (refused !== null) {
      return page(of, form.table, await this.importTable.preview(of, rows, by), refused, 409);
    }
    const what =
      of === 'agencies' ? (added === 1 ? 'agency is' : 'agencies are') : added === 1 ? 'person is' : 'people are';
    return redirect(`/administration/${of}`, { notice: `${added} ${what} added.` });
  }
}

function page(...[of, table, rows, fault, status = 200]: [...Parameters<typeof presentImport>, status?: number]): View {
  return view('pages/administration/import.njk', presentImport(of, table, rows, fault), status);
}
