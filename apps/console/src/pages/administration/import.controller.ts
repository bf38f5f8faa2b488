import { Controller, Get, NotFoundException, Param, Post, type PipeTransform } from '@nestjs/common';
import { COLUMNS_OF, IMPORTED, ImportTable, Needs, type Imported, type StaffActor } from '#access';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { ChosenFile, TakesFile, type SentFile } from '../../shell/forms/sent-file.ts';
import { TableForm } from './administration.form.ts';
import { presentImport } from './import.presenter.ts';
import { readTable } from './read-table.ts';
import { tableInFile } from './table-in-file.ts';

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
    if (errors !== null) return page(of, form.table, null, errors, 422);
    return this.look(of, form.table, by);
  }

  @Post('file')
  @TakesFile()
  @Needs('people:administer')
  async previewFile(
    @Param('of', ImportedPipe) of: Imported,
    @SignedIn() by: StaffActor,
    @ChosenFile() file: SentFile | null,
  ): Promise<Answer> {
    const found = await tableInFile(file);
    return 'fault' in found ? page(of, '', null, { file: found.fault }, 422) : this.look(of, found.text, by);
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
    if (typeof rows === 'string') return page(of, form.table, null, { table: rows }, 422);
    let added = 0;
    const refused = await refusalOf(async () => {
      added = await this.importTable.execute({ of, rows, formId, by });
    });
    if (refused !== null) {
      return page(of, form.table, await this.importTable.preview(of, rows, by), { table: refused }, 409);
    }
    const what =
      of === 'agencies' ? (added === 1 ? 'agency is' : 'agencies are') : added === 1 ? 'person is' : 'people are';
    return redirect(`/administration/${of}`, { notice: `${added} ${what} added.` });
  }

  /** What becomes of each row. The page has the table, whether it was pasted or came in a file. */
  private async look(of: Imported, table: string, by: StaffActor): Promise<Answer> {
    const rows = readTable(table, COLUMNS_OF[of]);
    if (typeof rows === 'string') return page(of, table, null, { table: rows }, 422);
    return page(of, table, await this.importTable.preview(of, rows, by), null);
  }
}

function page(
  ...[of, table, rows, errors, status = 200]: [...Parameters<typeof presentImport>, status?: number]
): View {
  return view('pages/administration/import.njk', presentImport(of, table, rows, errors), status);
}
