import { register } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { scrape } from '../support/exposition.ts';
import { type Difference, together } from '../support/exposed.ts';
import { expressLines } from '../support/express-lines.ts';
import { type Peer, recordSideBySide } from '../support/side-by-side.ts';

type ApiMetrics = (options: object) => ReturnType<Peer['mount']>;

const peer: Peer = {
  naming: 'prometheus-api-metrics',
  packageName: 'prometheus-api-metrics',
  // How often it counts connections, in milliseconds.
  mount: (apiMetrics: ApiMetrics) => apiMetrics({ defaultMetricsInterval: 20 }),
  isSettled: async () => (await scrape(register)).value('expressjs_number_of_open_connections') === 1,
};

/** The path that a Router is mounted at is a template too; what nothing answered is "unmatched". */
const routes = (members: number, notFound: number): Difference => ({
  theirs: [`200 GET /teams/red/members: ${members}`, `404 GET N/A: ${notFound}`],
  ours: [`200 GET /teams/:team/members: ${members}`, `404 GET unmatched: ${notFound}`],
});

/** It does not see a request whose client goes away. */
const aborted = (count: number): Difference => ({ theirs: [], ours: [`499 GET /slow: ${count}`] });

/** The lifetime of a stream is no response time. */
const streams: Difference = { theirs: ['200 GET /events: 1'], ours: ['200 GET /events: 0'] };

/** It takes a body without Content-Length for none. */
const chunkedUpload: Difference = { theirs: ['201 POST /upload: 700'], ours: ['201 POST /upload: 771'] };
const chunkedResponses: Difference = {
  theirs: ['200 GET /chunks: 0', '200 GET /events: 0'],
  ours: ['200 GET /chunks: 819', '200 GET /events: 19'],
};

/** It takes Content-Length for the size of a body that HEAD does not send. */
const head: Difference = { theirs: ['200 HEAD /: 4'], ours: ['200 HEAD /: 0'] };

describe.each(expressLines)('naming "prometheus-api-metrics" with $name', (line) => {
  test('exposes what prometheus-api-metrics does, but for the known differences', async () => {
    expect(await recordSideBySide(line, peer)).toEqual({
      lostMetrics: [],
      otherBuckets: [],
      differences: {
        http_request_duration_seconds_count: together(routes(1, 2), aborted(1), streams),
        http_request_size_bytes_count: together(routes(1, 2), aborted(1)),
        http_request_size_bytes_sum: together(routes(0, 0), aborted(0), chunkedUpload),
        http_response_size_bytes_count: together(routes(1, 2), aborted(0)),
        http_response_size_bytes_sum: together(routes(2, 308), aborted(0), chunkedResponses, head),
      },
    });
  });
});
