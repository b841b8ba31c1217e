/**
 * Puts a handler before the handlers of each route of an app, sub-apps left out.
 *
 * A middleware at the top of the app would be simpler, but what it throws belongs to no route yet. From here, errors and
 * delays carry the label of the route, as they do when a real handler is at fault.
 */
import type { Application, ILayer, IRoute, RequestHandler, Router } from 'express-serve-static-core';
import type { Seam } from '../service/seam.ts';
import type { Request, Response } from 'express';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export function interceptRoutes(app: Application, seam: Seam<[Request, Response]>): void {
  const handler: RequestHandler = async (request, response, next) => {
    if (!seam.isEmpty()) await seam.run(request, response);
    if (!response.headersSent) next();
  };
  for (const route of routesOf(app.router.stack)) prepend(route, handler);
}

function routesOf(layers: readonly ILayer[]): readonly IRoute[] {
  const routes = layers.flatMap((layer) => {
    if (layer.route !== undefined) return [layer.route];
    const { stack } = layer.handle as Partial<Router>;
    return stack === undefined ? [] : routesOf(stack);
  });
  // A router that is mounted at two places is met twice.
  return [...new Set(routes)];
}

function prepend(route: IRoute, handler: RequestHandler): void {
  const methods = new Set(route.stack.map((layer) => layer.method as Method));
  for (const method of methods) {
    route[method](handler);
    const added = route.stack.pop();
    if (added !== undefined) route.stack.unshift(added);
  }
}
