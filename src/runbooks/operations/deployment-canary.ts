/** The new version beside the old one, with a growing share of the requests. */
import { type CanaryStage, canaryLimits, canaryStages } from '../../objectives/canary.ts';
import type { Model } from '../../model/model.ts';
import {
  errorRatioByVersion,
  eventLoopLagByVersion,
  failsMoreThanBest,
  measuredVersions,
  p95ByVersion,
  slowerThanBest,
} from '../queries/objectives.ts';
import { requestRate } from '../queries/requests.ts';
import { firing } from '../queries/stack.ts';
import type { Procedure, ShellStep, Step } from '../runbook.ts';
import { sh } from '../shell.ts';
import { promtoolQuery } from '../terminal/stack-commands.ts';

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
        text: `The gate compares the new version with the one it replaces, while both serve: share of 5xx, p95, and lag of the event loop, by the limits of [[section:Abort criteria]]. It needs ${model.knobs.HighErrorRate.minRequestRate} requests a second or more on each of the two; with less it cannot tell.`,
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
      defineGate(model.knobs.HighErrorRate.minRequestRate),
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
        text: 'In a pipeline, define `canary_gate` as in [[step:Define the gate]], and let its exit code decide: 0 goes on, 1 rolls back, 2 cannot tell and asks a person.',
      },
      {
        kind: 'code',
        language: 'sh',
        code: [
          'canary_gate && code=0 || code=$?',
          'case $code in',
          '  0) canary_traffic 50 ;;',
          '  1) canary_traffic 0; exit 1 ;;',
          '  *) echo "the gate cannot tell: a person decides" >&2; exit 2 ;;',
          'esac',
        ].join('\n'),
      },
    ],
  };
}

/** 0: no worse, 1: worse, 2: cannot tell. Label names may be the user's own, so the service is found by its value. */
function defineGate(minRequestRate: number): ShellStep {
  return {
    language: 'sh',
    title: 'Define the gate',
    note: `Worse is: a 5xx share over ${canaryLimits.errorRatioAbove} above that of the other version, or p95 or lag over ${canaryLimits.timesSlower} times that of the other and ${canaryLimits.slowerAtLeastSeconds} s longer.`,
    run: sh`
      canary_gate() {
        local measured worse
        measured=$(${promtoolQuery(measuredVersions(minRequestRate))}) || return 2
        measured=$(grep -F "=\"$SERVICE\"" <<< "$measured") || return 2
        grep -qF "version=\"$NEW_VERSION\"" <<< "$measured" && grep -qvF "version=\"$NEW_VERSION\"" <<< "$measured" || return 2
        worse=$(
          ${promtoolQuery(failsMoreThanBest(canaryLimits.errorRatioAbove))} &&
            ${promtoolQuery(slowerThanBest(p95ByVersion, canaryLimits))} &&
            ${promtoolQuery(slowerThanBest(eventLoopLagByVersion, canaryLimits))}
        ) || return 2
        ! grep -F "=\"$SERVICE\"" <<< "$worse" | grep -F "version=\"$NEW_VERSION\""
      }
    `,
    expected: 'Nothing is printed. `canary_gate` ends with 0 (no worse), 1 (worse) or 2 (cannot tell).',
    ifNot: '"command not found" later on: it was defined in another terminal. Paste it again.',
    minutes: 0.5,
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
    expected: percent === 100 ? 'The new version, as low as the old one was.' : 'Both versions, the new one no worse.',
    ifNot: '[[section:Abort criteria]]: `canary_traffic 0`.',
    minutes: hours * 60,
  };
  const gate: ShellStep = {
    language: 'sh',
    title: `Ask the gate at ${percent} %`,
    run: sh`canary_gate; echo "exit code $?"`,
    expected: 'Exit code 0, and nothing else: go on.',
    ifNot:
      '1, below each value that is too high: `canary_traffic 0`, then [[runbook:rollback]]. 2, it cannot tell: wait for more requests, or decide by the queries yourself.',
    minutes: 1,
  };
  const first = percent === canaryStages[0]?.percent ? firstStageQueries : [];
  return [give, watch, ...first, percent === 100 ? nothingFires : gate];
}

/** With all requests on the new version there is nothing left to compare it with. */
const nothingFires: Step = {
  language: 'promql',
  title: 'See that nothing fires at 100 %',
  note: 'The gate has no other version to compare with any more: the alerts and the budgets of the service take over.',
  run: firing,
  expected: 'Nothing for the service.',
  ifNot: 'Something: `canary_traffic 0`, then [[runbook:rollback]].',
  minutes: 1,
};

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
