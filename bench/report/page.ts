/** docs/bench.md: what was measured, how, and how to do it again. */
import { allContestants } from '../contestants.ts';
import { versionOf } from '../paths.ts';
import type { Results } from '../results.ts';
import type { Scale } from '../scale.ts';
import { runtimeMethod } from './runtime.ts';
import { dropInsMethod } from './drop-ins.ts';
import { reportTables } from './tables.ts';
import { markdownTable } from './text-table.ts';

export function benchPage(results: Results, scale: Scale): string {
  return `<!-- Written by \`npm run bench\`. Do not edit: edit bench/. -->

# What it costs

![Microseconds added per request, in isolation and on a real server](bench.svg)

\`\`\`sh
npm run bench               # everything, about seven minutes; writes this page
npm run bench -- --quick    # a fast look, which writes nothing here
\`\`\`

Absolute figures differ between machines; what to compare is the contestants of one run with each other. All figures
below are of one run with Node.js ${process.versions.node}, and a bar that is not met says so.

## Figures

${reportTables(results).map(markdownTable).join('\n')}
## Contestants

${contestantsTable()}

Each is set up as its README shows and runs in Express ${versionOf('express')}. Each is asked afterwards for its
metrics: one that has not recorded the requests ends the run. OpenTelemetry has both instrumentations and its Prometheus
reader, and no tracer.

## Method

- **Noise floor.** Bare Express takes part twice. What the second adds to the first is what the machine adds to anything.
- **Pairs.** In each round every contestant is measured once, in a random order with a fixed seed. What counts is the
  difference to bare Express of the same round. Given are the median of the differences and its distribution-free 95 %
  interval (order statistics by the binomial distribution).
- **In isolation** (${scale.isolated.batches} batches of ${scale.isolated.roundsPerBatch} rounds of ${scale.isolated.requests} requests, a process
  per contestant and batch, timed with \`process.hrtime.bigint()\`): the middleware is called with a real request and response of Node on a real
  connection, with Express' methods and a real route; then the headers are written, the connection is taken back and
  \`finish\` and \`close\` are emitted. Each step is an event, as in Node: in one piece, V8 compiles a middleware that does
  nothing together with all around it, which would stand as the cost of the others. Parsing, routing and sending are left
  out, so that microseconds stand out. The methods come from subclasses: Express itself swaps the prototypes of each
  request, after which every property that a middleware reads or adds costs far more. That cost, and that of marking
  layers, shows only on the real server.
- **Allocations** (${scale.allocations.requests} requests, three times): bytes are the growth of the heap while the young
  generation is large enough that nothing is collected. Objects and closures are counted in the heap by
  \`v8.queryObjects()\` after a full collection: with 200 requests in flight, each on a connection that has served one before,
  and after they have ended. All are given less what bare Express takes.
- **CPU time** (${scale.cpu.batches} batches of ${scale.cpu.roundsPerBatch} rounds, ${scale.cpu.requests} requests each, after
  ${scale.cpu.warmUpRequests} that are not measured): each contestant is in a server process of its own, which says what
  \`process.cpuUsage()\` it had; the client is another process, with 16 connections that stay open. Each batch has new
  processes, so that none is lucky throughout. The warm-up matters: until then each process spends as much on compiling as
  on serving. No garbage collection is forced between rounds: V8 would throw compiled code away. The effect
  that would have been seen is 2.8 standard errors of the noise floor's median.
- **Scrape and memory**: one request each to ${scale.scrape.routes} routes. The copy in prom-client ${versionOf('prom-client')} has the same names,
  labels and values, and both texts are compared line by line after sorting. Timed is from the call to the finished page,
  which is bytes to send in ours and a string in the client's, in turns. Memory is the heap and what buffers hold beside it,
  before the first scrape and after it, without the page; all has run once before, and every route has answered before it
  is recorded, as Express builds its patterns then. Ours includes all that is kept per route; the copy shares its texts.
- **Start-up**: new processes; the import is timed inside, \`telltale generate\` from outside, into an empty folder.
${runtimeMethod(scale.runtime)}
${dropInsMethod(scale.dropIns)}

Nothing is pinned and nothing needs root. Other work on the machine widens the intervals.
`;
}

function contestantsTable(): string {
  const rows = allContestants
    .filter(({ packages }) => packages.length > 0)
    .map(({ title, packages, folder }) => {
      const versions = packages.map((name) => `${name} ${versionOf(name, folder)}`).join(', ');
      return `| ${title} | ${versions} |`;
    });
  return ['| contestant | packages |', '| --- | --- |', ...rows].join('\n');
}
