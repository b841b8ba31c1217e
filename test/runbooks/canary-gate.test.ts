import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toModel } from '../../src/config/to-model.ts';
import { canary } from '../../src/runbooks/operations/deployment-canary.ts';
import { renderScript } from '../../src/runbooks/shell.ts';

const gate = canary(toModel({})).steps?.find(({ title }) => title === 'Define the gate');
const definition =
  gate?.language === 'sh'
    ? renderScript(gate.run, {
        naming: 'prometheus',
        identity: { service: 'service', environment: 'environment' },
        scope: 'rule',
      })
    : '';

const canaryLine = '{environment="production", service="api", version="2.0.0"} => 0.4 @[1]';
const stableLine = '{environment="production", service="api", version="1.9.0"} => 0.4 @[1]';
const otherService = '{environment="production", service="payments", version="2.0.0"} => 0.4 @[1]';

/** What the gate says when Prometheus answers the question for traffic, and the one for failures, so. */
function gateSays(answers: { measured: string; worse: string }): { code: number | null; printed: string } {
  const docker = `docker() { case "$*" in *'>= 0.'*|*'>= 1'*) printf '%s\\n' "$MEASURED" ;; *errors*) printf '%s\\n' "$WORSE" ;; esac; }`;
  const { status, stdout } = spawnSync('bash', ['-c', `${docker}\n${definition}\ncanary_gate`], {
    encoding: 'utf8',
    env: {
      ...process.env,
      SERVICE: 'api',
      NEW_VERSION: '2.0.0',
      MEASURED: answers.measured,
      WORSE: answers.worse,
    },
  });
  return { code: status, printed: stdout.trim() };
}

describe('canary_gate', () => {
  const measured = `${stableLine}\n${canaryLine}`;

  it('ends with 0 when only other versions and services are worse', () => {
    expect(gateSays({ measured, worse: `${stableLine}\n${otherService}` })).toEqual({ code: 0, printed: '' });
  });

  it('ends with 1 and says why when the new version is worse', () => {
    expect(gateSays({ measured, worse: canaryLine })).toEqual({ code: 1, printed: canaryLine });
  });

  it('ends with 2 when the new version has too few requests', () => {
    expect(gateSays({ measured: `${stableLine}\n${otherService}`, worse: '' })).toEqual({ code: 2, printed: '' });
  });

  it('ends with 2 when there is no other version to compare with', () => {
    expect(gateSays({ measured: `${canaryLine}\n${otherService}`, worse: '' })).toEqual({ code: 2, printed: '' });
  });
});
