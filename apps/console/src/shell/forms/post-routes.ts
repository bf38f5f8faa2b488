import { Injectable, RequestMethod, SetMetadata, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { ClassConstructor } from 'class-transformer';
import { shapeOf } from './posted-form.ts';
import { takesFile } from './sent-file.ts';

const FORM_ON = 'mash:form-on';

/** The page that has the form which is posted here, such as `/referrals/:reference`. A form that is posted to its page's own address needs none. */
export const FormOn = (page: string) => SetMetadata(FORM_ON, page);

/** No page has a form that a person would come back to: a page posts here by itself, or the person leaves. */
export const OnNoPage = (because: string) => SetMetadata(FORM_ON, { because });

/** A route to which a form is posted. */
export interface PostRoute {
  readonly path: string;
  /** The path of the form's page; null when no page has it, undefined when the route does not say. */
  readonly page: string | null | undefined;
  /** Null when the form has no fields. */
  readonly shape: ClassConstructor<object> | null;
  /** Whether the form brings a file. */
  readonly takesFile: boolean;
}

/** Knows by where a form is posted which page it is on and which fields it has, from what the controllers declare. */
@Injectable()
export class PostRoutes {
  private found: readonly (PostRoute & { readonly matches: RegExp })[] | null = null;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @returns the address of the page that a form is on; null when it is on none that a person can come back to */
  pageOf(path: string): string | null {
    const route = this.at(path);
    if (!route?.page) return null;
    const parameters = route.matches.exec(path)!.groups ?? {};
    return route.page.replaceAll(/:(\w+)/g, (_, name: string) => parameters[name]!);
  }

  /** The route to which a form is posted; undefined when there is none. */
  at(path: string): (PostRoute & { readonly matches: RegExp }) | undefined {
    this.found ??= postRoutesOf(this.discovery.getControllers().map(({ metatype }) => metatype as Type)).map(
      (route) => ({ ...route, matches: new RegExp(`^${route.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`) }),
    );
    return this.found.find(({ matches }) => matches.test(path));
  }
}

/** The routes of these controllers to which forms are posted. */
export function postRoutesOf(controllers: readonly Type[]): readonly PostRoute[] {
  const pages = pagePathsOf(controllers);
  return controllers
    .flatMap(routesOf)
    .filter(({ method }) => method === RequestMethod.POST)
    .map(({ path, handler, controller }) => ({
      path,
      page: pages.includes(path) ? path : declaredPage(handler, controller),
      shape: shapeOf(handler),
      takesFile: takesFile(handler),
    }));
}

/** The paths of the pages that these controllers serve. */
export function pagePathsOf(controllers: readonly Type[]): readonly string[] {
  return controllers
    .flatMap(routesOf)
    .filter(({ method }) => method === RequestMethod.GET)
    .map(({ path }) => path);
}

function declaredPage(handler: object, controller: object): string | null | undefined {
  const declared = (Reflect.getMetadata(FORM_ON, handler) ?? Reflect.getMetadata(FORM_ON, controller)) as
    string | object | undefined;
  return typeof declared === 'object' ? null : declared;
}

function routesOf(controller: Type) {
  const prototype = controller.prototype as Record<string, object>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => prototype[name]!)
    .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler))
    .map((handler) => ({
      handler,
      controller,
      method: Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod,
      path: pathOf(controller, handler),
    }));
}

/** Such as `/referrals/:reference/rating`. */
function pathOf(controller: Type, handler: object): string {
  const parts = [controller, handler].map((part) => Reflect.getMetadata(PATH_METADATA, part) as string);
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}
