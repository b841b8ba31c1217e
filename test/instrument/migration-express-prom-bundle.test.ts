import { describe, expect, test } from 'vitest';
import { type Difference, together } from '../support/exposed.ts';
import { expressLines } from '../support/express-lines.ts';
import { type Peer, recordSideBySide } from '../support/side-by-side.ts';

type Bundle = (options: object) => ReturnType<Peer['mount']>;

const peer: Peer = {
  naming: 'express-prom-bundle',
  packageName: 'express-prom-bundle',
  mount: (bundle: Bundle) => bundle({ includeMethod: true, includePath: true }),
};

/** It guesses which parts of a path are values; the template knows. */
const templates: Difference = {
  theirs: [
    'DELETE /api/orders/#val 204: 1',
    'GET /api/orders/#val 200: 1',
    'GET /teams/red/members 200: 1',
    'GET /users/#val 200: 1',
    'GET /users/ada 200: 1',
  ],
  ours: [
    'DELETE /api/orders/:id 204: 1',
    'GET /api/orders/:id 200: 1',
    'GET /teams/:team/members 200: 1',
    'GET /users/:id 200: 2',
  ],
};

/** A scanner makes a series of its own for each URL it tries. */
const unmatched: Difference = {
  theirs: ['GET /api/orders/#val/items 404: 1', 'GET /wp-login.php 404: 1'],
  ours: ['GET unmatched 404: 2'],
};

/** The lifetime of a stream is no response time. */
const streams: Difference = { theirs: ['GET /events 200: 1'], ours: [] };

describe.each(expressLines)('naming "express-prom-bundle" with $name', (line) => {
  test('exposes what express-prom-bundle does, but for the known differences', async () => {
    expect(await recordSideBySide(line, peer)).toEqual({
      // Prometheus writes a series of this name for every target.
      lostMetrics: ['up'],
      otherBuckets: [],
      differences: { http_request_duration_seconds_count: together(templates, unmatched, streams) },
    });
  });
});
