import { describe, expect, test } from 'vitest';
import { type Difference, together } from '../support/exposed.ts';
import { expressLines } from '../support/express-lines.ts';
import { type Peer, recordSideBySide } from '../support/side-by-side.ts';

interface Promster {
  createMiddleware(options: { readonly options: object }): ReturnType<Peer['mount']>;
  signalIsUp(): void;
}

const metricTypes = ['httpRequestsTotal', 'httpRequestsHistogram', 'httpContentLengthHistogram'];

const peer: Peer = {
  naming: 'promster',
  packageName: '@promster/express',
  mount: (promster: Promster) => {
    const middleware = promster.createMiddleware({ options: { metricTypes } });
    promster.signalIsUp();
    return middleware;
  },
};

/** It guesses which parts of a path are values; the template knows. */
const templates: Difference = {
  theirs: [
    'delete /api/orders/#val 204: 1',
    'get /api/orders/#val 200: 1',
    'get /teams/red/members 200: 1',
    'get /users/#val 200: 1',
    'get /users/ada 200: 1',
  ],
  ours: [
    'delete /api/orders/:id 204: 1',
    'get /api/orders/:id 200: 1',
    'get /teams/:team/members 200: 1',
    'get /users/:id 200: 2',
  ],
};

/** A scanner makes a series of its own for each URL it tries. */
const unmatched: Difference = {
  theirs: ['get /api/orders/#val/items 404: 1', 'get /wp-login.php 404: 1'],
  ours: ['get unmatched 404: 2'],
};

/** It does not see a request whose client goes away. */
const aborted = (count: number): Difference => ({ theirs: [], ours: [`get /slow 499: ${count}`] });

/** The lifetime of a stream is no response time. */
const streams: Difference = { theirs: ['get /events 200: 1'], ours: ['get /events 200: 0'] };

/** It leaves out bodies without Content-Length: those of no bytes, and those whose size is not known before. */
const requestsWithoutLength = [
  'delete /api/orders/:id 204',
  'get / 200',
  'get /api/orders/:id 200',
  'get /boom 500',
  'get /chunks 200',
  'get /events 200',
  'get /old 302',
  'get /slow 499',
  'get /teams/:team/members 200',
  'head / 200',
];
const requestCounts: Difference = together({
  theirs: ['post /upload 201: 1'],
  ours: [
    ...requestsWithoutLength.map((each) => `${each}: 1`),
    'get /reports 200: 2',
    'get /users/:id 200: 2',
    'get unmatched 404: 2',
    'post /upload 201: 2',
  ],
});
const requestSums: Difference = together({
  theirs: ['post /upload 201: 700'],
  ours: [
    ...requestsWithoutLength.map((each) => `${each}: 0`),
    'get /reports 200: 0',
    'get /users/:id 200: 0',
    'get unmatched 404: 0',
    'post /upload 201: 771',
  ],
});
const responseCounts: Difference = {
  theirs: [...templates.theirs.filter((each) => !each.includes(' 204:')), ...unmatched.theirs],
  ours: [...templates.ours, ...unmatched.ours, 'get /chunks 200: 1', 'get /events 200: 1'],
};
const responseSums: Difference = {
  theirs: [
    'get /api/orders/#val 200: 8',
    'get /api/orders/#val/items 404: 157',
    'get /teams/red/members 200: 2',
    'get /users/#val 200: 14',
    'get /users/ada 200: 14',
    'get /wp-login.php 404: 151',
  ],
  ours: [
    'delete /api/orders/:id 204: 0',
    'get /api/orders/:id 200: 8',
    'get /chunks 200: 819',
    'get /events 200: 19',
    'get /teams/:team/members 200: 2',
    'get /users/:id 200: 28',
    'get unmatched 404: 308',
  ],
};

/** It takes Content-Length for the size of a body that HEAD does not send. */
const head: Difference = { theirs: ['head / 200: 4'], ours: ['head / 200: 0'] };

describe.each(expressLines)('naming "promster" with $name', (line) => {
  test('exposes what promster does, but for the known differences', async () => {
    const requests = together(templates, unmatched, aborted(1), streams);
    const { lostMetrics, ...compared } = await recordSideBySide(line, peer);
    // Of the process, not of requests, and only where an optional native module was built.
    expect(lostMetrics.filter((name) => !name.startsWith('nodejs_gc_'))).toEqual([]);
    expect(compared).toEqual({
      otherBuckets: [],
      differences: {
        http_request_duration_seconds_count: requests,
        http_requests_total: requests,
        http_request_content_length_bytes_count: requestCounts,
        http_request_content_length_bytes_sum: requestSums,
        http_response_content_length_bytes_count: together(responseCounts, aborted(0)),
        http_response_content_length_bytes_sum: together(responseSums, aborted(0), head),
      },
    });
  });
});
