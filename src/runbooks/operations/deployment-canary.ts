/** The new version beside the old one, with a growing share of the requests. */
import { type CanaryStage, canaryStages } from '../canary.ts';
import type { Model } from '../../model/model.ts';
import { errorRatioByVersion, eventLoopLagByVersion, p95ByVersion } from '../queries/objectives.ts';
import { requestRate } from '../queries/requests.ts';
import type { Procedure, ShellStep, Step } from '../runbook.ts';
import { sh } from '../shell.ts';

export function canary(model: Model): Procedure {
  const stages = canaryStages.flatMap((stage) => stageSteps(stage));
  return {
    title: 'Canary',
    before: [
      {
        kind: 'table',
        columns: ['Stage', 'Share of requests', 'For', 'Then'],
        rows: canaryStages.map(({ percent, hours }, index) => [
          String(index + 1),
          `${percent} %`,
          `${hours} h`,
          index === canaryStages.length - 1 ? 'the old instances are removed' : 'the gate decides',
        ]),
      },
      {
        kind: 'text',
        text: `The gate compares the new version with the one it replaces, while both serve: share of 5xx, p95, and lag of the event loop. It needs ${model.knobs.HighErrorRate.minRequestRate} requests a second or more on the new version; with less it says that it cannot tell.`,
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Start the canary without traffic',
        run: sh`
          canary_traffic 0
          canary_deploy "\${NEW_VERSION:?set it first: the version to deploy}"
        `,
        expected: 'It starts, and its health check passes.',
        ifNot: 'It does not: read its log. No user has noticed; go no further.',
        minutes: 3,
      },
      {
        language: 'promql',
        title: 'See that it is measured',
        run: errorRatioByVersion,
        expected: 'The old version now; both versions as soon as the canary gets requests.',
        ifNot:
          'No `version` at all: the service does not say its version. Use [[section:Blue-green]] instead, the gate would be blind.',
        minutes: 1,
      },
      ...stages,
      {
        language: 'sh',
        title: 'Make the new version the running one',
        note: 'After the watch. The canary stops serving once all instances run the new version.',
        run: sh`
          service_deploy "$NEW_VERSION"
          canary_traffic 0
        `,
        expected: 'All instances run the new version; requests do not dip.',
        ifNot: 'They dip: give the traffic back to the canary with `canary_traffic 100`, and look at the instances.',
        minutes: 5,
      },
    ],
    after: [
      {
        kind: 'text',
        text: 'In a pipeline, let the exit code of the gate decide: 0 goes on, 1 rolls back, 2 cannot tell and asks a person.',
      },
      {
        kind: 'code',
        language: 'sh',
        code: [
          'npx telltale gate --prometheus "$PROMETHEUS_URL" --service "$SERVICE" --version "$NEW_VERSION"',
          'case $? in',
          '  0) canary_traffic 50 ;;',
          '  1) canary_traffic 0; exit 1 ;;',
          '  *) echo "the gate cannot tell: a person decides" >&2; exit 2 ;;',
          'esac',
        ].join('\n'),
      },
    ],
  };
}

function stageSteps({ percent, hours }: CanaryStage): readonly Step[] {
  const give: ShellStep = {
    language: 'sh',
    title: `Give it ${percent} % of the requests`,
    run: sh`canary_traffic ${percent}`,
    expected: `Within a minute the new version serves about ${percent} %, and the total does not fall.`,
    ifNot: 'It does not: the load balancer does not know the canary. `canary_traffic 0`, and find out why.',
    minutes: 1,
  };
  const watch: Step = {
    language: 'promql',
    title: `Watch the failures at ${percent} %`,
    note: `For ${hours} h. Beside it, in the same tab: the total of requests, p95 and lag, as in the steps of the first stage.`,
    run: errorRatioByVersion,
    expected: 'Both versions, the new one no worse.',
    ifNot: '[[section:Abort criteria]]: `canary_traffic 0`.',
    minutes: hours * 60,
  };
  const gate: ShellStep = {
    language: 'sh',
    title: `Ask the gate at ${percent} %`,
    run: sh`npx telltale gate --prometheus "$PROMETHEUS_URL" --service "$SERVICE" --version "$NEW_VERSION"; echo "exit code $?"`,
    expected: 'Exit code 0: go on.',
    ifNot:
      '1: `canary_traffic 0`, then [[runbook:rollback]]. 2, it cannot tell: wait for more requests, or decide by the queries yourself.',
    minutes: 1,
  };
  const first = percent === canaryStages[0]?.percent ? firstStageQueries : [];
  return [give, watch, ...first, gate];
}

const firstStageQueries: readonly Step[] = [
  {
    language: 'promql',
    title: 'Watch the total of requests',
    run: requestRate,
    expected: 'As on another day: nobody is turned away.',
    ifNot: 'It falls with the canary: requests are lost on the way. `canary_traffic 0`.',
    minutes: 1,
  },
  {
    language: 'promql',
    title: 'Watch the p95 of both versions',
    run: p95ByVersion,
    expected: 'The new one no slower. In the first minutes it is, until its caches are warm.',
    ifNot: '[[section:Abort criteria]]',
    minutes: 1,
  },
  {
    language: 'promql',
    title: 'Watch the event loop of both versions',
    run: eventLoopLagByVersion,
    expected: 'No more lag than the old one.',
    ifNot: '[[section:Abort criteria]]',
    minutes: 1,
  },
];
