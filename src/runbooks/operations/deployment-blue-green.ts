/** Two full sets of instances, and one switch. */
import type { Model } from '../../model/model.ts';
import { errorRatio, inFlight, latencyQuantile } from '../queries/requests.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function blueGreen(model: Model): Procedure {
  return {
    title: 'Blue-green',
    before: [
      {
        kind: 'text',
        text: 'Blue serves, green is new and idle. All requests move at once, and back at once. Both sets share the database: the migration must suit both.',
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Start green',
        note: 'As many instances as blue has.',
        run: sh`
          canary_traffic 0
          canary_deploy "\${NEW_VERSION:?set it first: the version to deploy}"
        `,
        expected: 'All green instances are up; blue serves all requests.',
        ifNot: 'They do not start: read their log. No user has noticed.',
        minutes: 5,
      },
      {
        language: 'sh',
        title: 'Verify the health of green',
        note: 'Directly, past the load balancer; set `GREEN_URL` to the address of a green instance.',
        run: sh`
          for path in /health /ready; do
            curl -sS -m 5 -o /dev/null -w "$path %{http_code} in %{time_total} s\n" "\${GREEN_URL:?set it first: the address of a green instance}$path"
          done
        `,
        expected: 'Twice 200, each well under a second. `/ready` tells that it reaches its database and cache.',
        ifNot:
          '503 on `/ready`: its body names the check. Configuration or secrets of green differ from those of blue.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Try one real action on green',
        note: 'With a test user, the action that matters most. A page that loads proves little.',
        run: sh`curl -sS -m 10 -o /dev/null -w '%{http_code} in %{time_total} s\n' "$GREEN_URL\${SMOKE_PATH:?set it first: a path that reads from the database}"`,
        expected: '200, about as fast as on blue.',
        ifNot: 'Anything else: green is not good. Stop here.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Switch',
        run: sh`canary_traffic 100`,
        expected: 'Green serves all requests within a minute.',
        ifNot: '`canary_traffic 0` brings blue back. Look at the load balancer.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See that requests are served',
        run: errorRatio,
        expected: `Unchanged, far below ${model.knobs.HighErrorRate.threshold}.`,
        ifNot: '`canary_traffic 0`, at once.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'See that they are served fast',
        run: latencyQuantile(0.95),
        expected: 'Back to its usual value within five minutes, when caches are warm.',
        ifNot: '`canary_traffic 0`.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'See that blue is drained',
        run: inFlight,
        expected: 'No more requests in flight than usual; long streams may take a while.',
        ifNot: 'It grows: green is slower than requests arrive. `canary_traffic 0`.',
        minutes: 5,
      },
      {
        language: 'sh',
        title: 'Keep blue for an hour, then make green the running version',
        note: 'Until then the way back is one command.',
        run: sh`
          service_deploy "$NEW_VERSION"
          canary_traffic 0
        `,
        expected: 'All instances run the new version.',
        ifNot: '`canary_traffic 100` lets green serve on.',
        minutes: 60,
      },
    ],
  };
}
