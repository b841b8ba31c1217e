import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import express, { Router } from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Request, Response } from 'express';
import { interceptRoutes } from '../../examples/faults/intercept-routes.ts';
import { createSeam } from '../../examples/service/seam.ts';

const seam = createSeam<[Request, Response]>();
let seen: string[] = [];
let server: Server;

/** A router below a router, one of them at two places; a route with two handlers. */
function createApp(): express.Express {
  const app = express();
  const shared = Router();
  shared.get('/leaf', (request, response) => void response.send(request.baseUrl));
  const outer = Router();
  outer.use('/shared', shared);
  app.use('/outer', outer);
  app.use('/second', shared);
  app.post(
    '/two',
    (_request, _response, next) => next(),
    (_request, response) => void response.send('two'),
  );
  interceptRoutes(app, seam);
  return app;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server = createApp().listen(0, '127.0.0.1', () => resolve());
  });
});
beforeEach(() => {
  seen = [];
});
afterAll(() => {
  server.close();
});

function call(path: string, method = 'GET'): Promise<globalThis.Response> {
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
}

describe('interceptRoutes()', () => {
  it('changes nothing while the seam is empty', async () => {
    expect(await (await call('/outer/shared/leaf')).text()).toBe('/outer/shared');
    expect(await (await call('/two', 'POST')).text()).toBe('two');
    expect((await call('/two')).status).toBe(404);
  });

  it('runs once before the handlers of each route, wherever its router is mounted', async () => {
    const remove = seam.add((request) => void seen.push(String(request.route?.path)));
    await call('/outer/shared/leaf');
    await call('/second/leaf');
    await call('/two', 'POST');
    await call('/nowhere');
    remove();
    expect(seen).toEqual(['/leaf', '/leaf', '/two']);
  });

  it('lets a step answer in place of the handlers', async () => {
    const remove = seam.add((_request, response) => void response.status(418).end());
    const { status } = await call('/two', 'POST');
    remove();
    expect(status).toBe(418);
  });
});
