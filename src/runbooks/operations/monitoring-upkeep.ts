/** Backup, upgrade and reset of the stack itself. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import { sendTestAlert } from '../common-steps.ts';
import { headSeries, targetsByJob } from '../queries/stack.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';
import { amtool, execIn } from '../terminal/stack-commands.ts';

export function stackBackup(model: Model): Procedure {
  return {
    title: 'Backup of the stack',
    before: [
      {
        kind: 'table',
        columns: ['What', 'Where it lives', 'Lost without a backup'],
        rows: [
          ['Dashboards, rules, configuration, runbooks', 'git', 'nothing'],
          ['Secrets', '`monitoring/secrets/`, not in git', 'your receivers; random ones are made anew'],
          ['Silences', 'volume of Alertmanager', 'silences'],
          ['Users, preferences, playlists', 'volume of Grafana', 'those'],
          ['Samples', 'volume of Prometheus', 'the history, budgets of 30 days included'],
          ...(hasSource(model, 'tracing') ? [['Traces', 'Jaeger', 'some days of traces']] : []),
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Save silences, secrets and Grafana',
        run: sh`
          SAVE="$BACKUP_DIR/monitoring-$(date -u +%Y%m%dT%H%MZ)" && mkdir -p -m 700 "$SAVE"
          ${amtool(sh`silence query --output=json`)} > "$SAVE/silences.json"
          cp -a monitoring/secrets "$SAVE/secrets"
          docker compose -f docker-compose.monitoring.yml stop grafana
          docker compose -f docker-compose.monitoring.yml cp grafana:/var/lib/grafana "$SAVE/grafana"
          docker compose -f docker-compose.monitoring.yml start grafana
          ls -l "$SAVE"
        `,
        note: 'Grafana stands still for some seconds, so that its database is copied whole. The folder holds secrets: keep it as such.',
        expected: 'A file `silences.json` and two folders.',
        ifNot: '"No space left": choose another `BACKUP_DIR`.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Save the samples',
        note: 'If the history matters to you; it may be gigabytes. Prometheus stands still meanwhile: blind for that long.',
        run: sh`
          docker compose -f docker-compose.monitoring.yml stop prometheus
          docker compose -f docker-compose.monitoring.yml cp prometheus:/prometheus "$SAVE/prometheus"
          docker compose -f docker-compose.monitoring.yml start prometheus
        `,
        expected: 'A folder of the size of the data; Prometheus is ready again after replaying its log.',
        ifNot: 'It does not start: its log. The data in the volume is untouched.',
        minutes: 10,
      },
      {
        language: 'sh',
        title: 'Bring silences back',
        note: 'The other two are copied back the same way, with the container stopped and the arguments of `cp` exchanged.',
        run: sh`${execIn('alertmanager')} amtool --alertmanager.url=http://localhost:9093 silence import --force < "$SAVE/silences.json"`,
        expected: 'The ids of the silences; those that have ended meanwhile are refused.',
        ifNot: '"failed to parse": the file is empty, there were none.',
        minutes: 1,
      },
    ],
  };
}

export function stackUpgrade(): Procedure {
  return {
    title: 'Upgrading the stack',
    before: [
      {
        kind: 'text',
        text: 'Images are pinned by telltale to versions that its tests ran with. Upgrade telltale, generate, and look at the diff: that is the upgrade.',
      },
      {
        kind: 'list',
        items: [
          'Read the release notes of what changes its first number.',
          'Save Grafana and the silences first: [[section:Backup of the stack]]. Grafana does not go back to an older database.',
          'In working hours, and not while a deployment runs: the stack is blind for a minute.',
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Bring the new versions into the files',
        run: sh`npm install --save-dev --save-exact telltale@latest && npx telltale generate && git diff --stat && git diff docker-compose.monitoring.yml`,
        expected: 'New tags of images, and the changes that come with them.',
        ifNot: 'Rules or dashboards change as well: the changelog of telltale says why.',
        minutes: 5,
      },
      {
        language: 'sh',
        title: 'Check them before they run',
        run: sh`npx telltale check && docker compose -f docker-compose.monitoring.yml config --quiet && docker compose -f docker-compose.monitoring.yml pull`,
        expected: 'All checks pass, all images are there.',
        ifNot: 'An image is missing: the registry, or a proxy.',
        minutes: 5,
      },
      {
        language: 'sh',
        title: 'Replace the containers',
        run: sh`docker compose -f docker-compose.monitoring.yml up -d --wait`,
        expected: 'All healthy within two minutes.',
        ifNot:
          'One is not: its log. The way back is `git checkout -- docker-compose.monitoring.yml` and the same command; for Grafana also its saved folder.',
        minutes: 3,
      },
      {
        language: 'promql',
        title: 'See that all targets are there',
        run: targetsByJob,
        expected: 'As many of each kind as before.',
        ifNot: 'Fewer: [[alert:TargetDown]].',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See that the history is there',
        run: headSeries,
        expected: 'As many series as before, and panels that reach back over the upgrade.',
        ifNot: 'It began at zero: another volume. `docker volume ls`, nothing is deleted yet.',
        minutes: 1,
      },
      { ...sendTestAlert, title: 'Send a test alert through the new version' },
    ],
  };
}

export function stackReset(): Procedure {
  return {
    title: 'Reset of the Grafana admin password',
    before: [
      {
        kind: 'text',
        text: 'The file in `monitoring/secrets/` is read at the very first start only; after that the password lives in the database of Grafana. So both are changed.',
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Set a new password',
        run: sh`
          umask 077
          openssl rand -base64 24 | tr -d '\n' > grafana-password.new
          docker compose -f docker-compose.monitoring.yml exec -T grafana grafana cli --homepath /usr/share/grafana admin reset-admin-password --password-from-stdin < grafana-password.new
          chmod 444 grafana-password.new && mv -f grafana-password.new monitoring/secrets/grafana-admin-password
        `,
        expected: '"Admin password changed successfully".',
        ifNot: '"user not found": the first user was deleted. Add `--user-id` with the id of another administrator.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Log in with it',
        note: 'The password goes through a file, so that it is in no list of processes.',
        run: sh`printf 'user = "admin:%s"' "$(cat monitoring/secrets/grafana-admin-password)" | curl -sS -m 5 --config - "$GRAFANA_URL/api/org"`,
        expected: 'The name of the organisation.',
        ifNot: '"Invalid username or password": too many attempts lock the user for five minutes. Wait.',
        minutes: 1,
      },
    ],
  };
}
