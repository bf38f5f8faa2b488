import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { PAGES } from './console.module.ts';
import { pagePathsOf, postRoutesOf } from './shell/forms/post-routes.ts';

const CONTROLLERS = PAGES.flatMap((page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[]);
const routes = postRoutesOf(CONTROLLERS);

it('every form of the console says which page it is on, or that it is on none', () => {
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.filter(({ page }) => page === undefined).map(({ path }) => path)).toEqual([]);
});

it('every form of the console is on a page that can be opened', () => {
  const pages = pagePathsOf(CONTROLLERS);
  const isThere = (page: string | null | undefined) => page === null || page === undefined || pages.includes(page);
  expect(routes.filter(({ page }) => !isThere(page)).map(({ path }) => path)).toEqual([]);
});
