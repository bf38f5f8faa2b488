import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { STAFF_ROLES } from '#access';
import { PAGES } from './console.module.ts';
import { pagePathsOf, postRoutesOf } from './shell/forms/post-routes.ts';
import { homeOf, menuOf } from './shell/navigation/menu.ts';
import { OVERSIGHT_PAGES } from './shell/oversight/oversight-pages.ts';

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

it.each(STAFF_ROLES)('the navigation of a %s leads to pages that are there, and home is one of them', (role) => {
  const pages = pagePathsOf(CONTROLLERS);
  const by = { kind: 'staff', id: '', name: '', role } as const;
  const { bar, more } = menuOf(by, '/', null);
  const hrefs = [...bar, ...more].map(({ href }) => href.split('?')[0]!);
  expect(hrefs.filter((href) => !pages.includes(href))).toEqual([]);
  expect(pages).toContain(homeOf(by).split('?')[0]);
});

it('every page of oversight that has a line is there', () => {
  const pages = pagePathsOf(CONTROLLERS);
  expect(OVERSIGHT_PAGES.filter(({ href }) => !pages.includes(href))).toEqual([]);
});
