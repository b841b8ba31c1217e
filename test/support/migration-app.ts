/** The app that a migration is tested on: ordinary routes, and what routes of Express are known to go wrong in. */
import type { Response } from 'express';
import type { RequestListener } from 'node:http';
import type { ExpressLine } from './express-lines.ts';
import type { RequestPlan } from './express-server.ts';

type Middleware = (request: never, response: never, next: () => void) => unknown;

export function migrationApp({ express }: ExpressLine, recorders: readonly Middleware[]): RequestListener {
  const app = express();
  for (const recorder of recorders) app.use(recorder as never);
  const orders = express
    .Router()
    .get('/:id', (_request, response) => response.json({ id: 1 }))
    .delete('/:id', (_request, response) => response.sendStatus(204));
  app
    .get('/', (_request, response) => response.send('home'))
    .get('/reports', (_request, response) => response.send('x'.repeat(3_000)))
    .get('/old', (_request, response) => response.redirect('/reports'))
    .get('/users/:id', (_request, response) => response.json({ name: 'Ada' }))
    .post('/upload', (request, response) => request.resume().on('end', () => response.status(201).send('stored')))
    .get('/boom', () => {
      throw new Error('boom');
    })
    .get('/slow', () => undefined)
    .get('/chunks', (_request, response) => sendInTwo(response))
    .get('/events', (_request, response) => sendEvents(response))
    .use('/api/orders', orders)
    .use(
      '/teams/:team',
      express.Router().get('/members', (_request, response) => response.json([])),
    );
  // Without it Express would print the error.
  app.use(((_error: unknown, _request: unknown, response: Response, _next: unknown) =>
    response.status(500).send('failed')) as never);
  return app;
}

/** What is asked for, one after the other. */
export const migrationRequests: readonly RequestPlan[] = [
  { path: '/' },
  { path: '/', method: 'HEAD' },
  { path: '/reports' },
  { path: '/reports?year=2026' },
  { path: '/old' },
  { path: '/users/42' },
  { path: '/users/ada' },
  { path: '/upload', method: 'POST', body: 'y'.repeat(700), headers: { 'content-length': '700' } },
  { path: '/upload', method: 'POST', body: 'y'.repeat(60), headers: { 'transfer-encoding': 'chunked' } },
  { path: '/boom' },
  { path: '/chunks' },
  { path: '/events' },
  { path: '/api/orders/7' },
  { path: '/api/orders/7', method: 'DELETE' },
  { path: '/api/orders/7/items' },
  { path: '/teams/red/members' },
  { path: '/wp-login.php' },
  { path: '/slow', abort: 'before_headers' },
];

function sendInTwo(response: Response): void {
  response.write('a'.repeat(400));
  response.end('b'.repeat(400));
}

function sendEvents(response: Response): void {
  response.set('content-type', 'text/event-stream').write('data: 1\n\n');
  response.end();
}
