/** The route of a connection that is upgraded: as the user names it, else as the framework knows its path. */
import type { IncomingMessage } from 'node:http';
import { unmatched } from '../../routes/resolved-route.ts';
import type { Routes } from './exchange.ts';
import type { HttpRecorderOptions } from './options.ts';

export interface UpgradeRouteOptions {
  readonly upgradeRoute: HttpRecorderOptions['upgradeRoute'];
  /** Keeps a template within the cap on routes. */
  readonly within: (template: string) => string;
  readonly onFailure: (error: unknown) => void;
}

export type RouteOfUpgrade = (request: IncomingMessage, routes: Routes) => string;

export function routeOfUpgrades({ upgradeRoute, within, onFailure }: UpgradeRouteOptions): RouteOfUpgrade {
  return (request, routes) => {
    try {
      const template: unknown = upgradeRoute?.(request) ?? routes.ofUpgrade?.(request).template;
      if (template === undefined) return unmatched.template;
      if (typeof template === 'string' && template !== '') return within(template);
      if (template instanceof Promise) template.catch(() => undefined);
      throw new TypeError(`upgradeRoute() must return a text or undefined, got ${typeof template}`);
    } catch (error) {
      onFailure(error);
      return unmatched.template;
    }
  };
}
