/** What may become of a request, and the line that the log has of it. */
import type { RequestPlan } from './express-server.ts';
import { hostile, type Line, secret } from './logged-app.ts';

export const info = { level: 30, msg: 'request' };
export const failure = { level: 50, msg: 'request' };

export const requestLogRows: readonly (readonly [title: string, plan: RequestPlan, line: Line])[] = [
  [
    'an answer with a cookie',
    hostile(`/api/${secret}/users/${secret}`),
    { ...info, method: 'GET', route: '/api/:version/users/:id', status: 200 },
  ],
  [
    'a URL with a user and a password',
    { ...hostile(`/`), path: `http://ann:${secret}@example.org/api/1/users/${secret}?token=${secret}` },
    { ...info, method: 'GET', route: '/api/:version/users/:id', status: 200 },
  ],
  [
    'a body',
    hostile('/api/1/orders', { method: 'POST', body: JSON.stringify({ password: secret }) }),
    { ...info, method: 'POST', route: '/api/:version/orders', status: 201 },
  ],
  ['no route', hostile(`/${secret}`), { ...info, method: 'GET', route: 'unmatched', status: 404 }],
  [
    'middleware that answers',
    hostile('/api/1/closed/door'),
    { ...info, method: 'GET', route: '/api/:version/closed', status: 401 },
  ],
  [
    'a handler that throws',
    hostile(`/api/1/throws/${secret}`),
    { ...failure, method: 'GET', route: '/api/:version/throws/:id', status: 500, error_type: 'ClientError' },
  ],
  [
    'a body that cannot be parsed',
    hostile('/api/1/orders', { method: 'POST', body: `{ "${secret}` }),
    { ...info, method: 'POST', route: 'unmatched', status: 400, error_type: 'SyntaxError' },
  ],
  [
    'a 5xx without an error',
    hostile('/api/1/unavailable'),
    { ...failure, method: 'GET', route: '/api/:version/unavailable', status: 503 },
  ],
  [
    'a status that is set once the headers are out',
    hostile('/api/1/late-status'),
    { ...info, method: 'GET', route: '/api/:version/late-status', status: 200 },
  ],
  [
    'a client that goes away before any answer',
    hostile(`/api/1/hangs/${secret}`, { abort: 'before_headers' }),
    { ...info, method: 'GET', route: '/api/:version/hangs/:id', status: 499, aborted: 'before_headers' },
  ],
  [
    'a client that goes away in middleware',
    hostile(`/api/1/waits/${secret}`, { abort: 'before_headers' }),
    { ...info, method: 'GET', route: '/api/:version/waits', status: 499, aborted: 'before_headers' },
  ],
  [
    'a client that goes away in one of two mounts',
    hostile(`/api/1/second/${secret}/hangs`, { abort: 'before_headers' }),
    { ...info, method: 'GET', route: '/api/:version/second/:id/hangs', status: 499, aborted: 'before_headers' },
  ],
  [
    'one of two mounts',
    hostile(`/api/1/second/${secret}/answers`),
    { ...info, method: 'GET', route: '/api/:version/second/:id/answers', status: 200 },
  ],
  [
    'a handler that answers and moves the request on',
    hostile('/api/1/moves-on'),
    { ...info, method: 'GET', route: '/api/:version/moves-on', status: 200 },
  ],
  [
    'a client that goes away during the answer',
    hostile(`/api/1/streams/${secret}`, { abort: 'mid_stream' }),
    { ...info, method: 'GET', route: '/api/:version/streams/:id', status: 200, aborted: 'mid_stream' },
  ],
];
