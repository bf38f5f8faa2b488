import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OpenToAll } from '#access';
import { ApiSettings } from '#platform';
import type { Request, Response } from 'express';
import { problem } from './api-problem.ts';
import { PROBLEM_PAGES } from './problem-pages.ts';
import { listOfProblems, pageOfProblem } from './render-page.ts';

/** A page for each kind of problem, which a developer opens from the `help` of an answer. */
@ApiExcludeController()
@OpenToAll('says what the kit for partners says, and nothing of the hub')
@Controller('problems')
export class ProblemsController {
  constructor(private readonly settings: ApiSettings) {}

  @Get()
  list(@Res() response: Response): void {
    response.type('html').send(listOfProblems(this.settings.API_URL));
  }

  @Get(':slug')
  one(@Param('slug') slug: string, @Req() request: Request, @Res() response: Response): void {
    const text = PROBLEM_PAGES.get(slug);
    if (text === undefined) throw problem('not-found');
    response.vary('Accept');
    if (request.accepts(['text/html', 'text/markdown']) === 'text/markdown')
      return void response.type('text/markdown').send(text);
    response.type('html').send(pageOfProblem(this.settings.API_URL, slug, text));
  }
}
