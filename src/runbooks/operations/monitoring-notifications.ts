/** Silences, the heartbeat, and whether anybody is told. */
import type { Model } from '../../model/model.ts';
import { humanDuration } from '../../objectives/in-words.ts';
import { sendTestAlert } from '../common-steps.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';
import { amtool } from '../terminal/stack-commands.ts';

export function silences(model: Model): Procedure {
  return {
    title: 'Silences',
    before: [
      {
        kind: 'list',
        items: [
          'As narrow as possible (alert, service, environment), with a reason and an end. Two hours is long; a weekend is a decision.',
          'Never a silence without `alertname` or `service`: it would hide everything, [[alert:Watchdog]] too.',
          `A silenced alert still fires on the dashboards. A page is repeated every ${humanDuration(model.timing.repeatCritical)} without one.`,
          'If you silence the same alert for the third time, tune it: the section "Tuning" of its page.',
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Silence a deployment',
        note: 'Only what a deployment does provoke, for as long as it takes. Not the alerts that would tell you that it failed.',
        run: sh`
          ${amtool(sh`silence add --duration=30m --author="$USER" --comment="deployment of $SERVICE" 'alertname=~"ServiceRestarting|TargetDown"' service="$SERVICE" environment="$ENVIRONMENT"`)}
        `,
        expected: 'The id of the silence.',
        ifNot: '"connection refused": Alertmanager is down, [[alert:Watchdog]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Silence planned maintenance',
        note: 'Of everything of one service, with a start and an end in UTC.',
        run: amtool(
          sh`silence add --start="\${FROM:?set it first, e.g. 2026-05-01T22:00:00Z}" --end="\${UNTIL:?set it first, e.g. 2026-05-01T23:00:00Z}" --author="$USER" --comment="\${REASON:?set it first: why, with a ticket}" service="$SERVICE" environment="$ENVIRONMENT"`,
        ),
        expected: 'The id of the silence.',
        ifNot: '"end time must not be in the past": both times are UTC.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See what is silenced',
        run: amtool(sh`silence query --output=extended`),
        expected: 'Every silence with its author, reason and end.',
        ifNot: 'One that you cannot explain: ask its author, or end it.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'End a silence',
        run: amtool(sh`silence expire "\${SILENCE_ID:?set it first: the id from the list}"`),
        expected: 'Nothing is printed; it is gone from the list.',
        ifNot: '"silence not found": it has ended by itself.',
        minutes: 0.5,
      },
    ],
  };
}

export function deadMansSwitch(): Procedure {
  return {
    title: "Dead man's switch and a probe from outside",
    before: [
      {
        kind: 'text',
        text: 'What runs on the same host shares its fate: when the host dies, so does the Prometheus that would have told you. Two things must live elsewhere.',
      },
      {
        kind: 'list',
        items: [
          "**A dead man's switch**: a service that expects a message every few minutes and raises an alarm when none comes. [[alert:Watchdog]] always fires and is routed to it. Configure it as a receiver of kind `webhook`; its address is a secret, so it is a file.",
          '**A probe from outside**: something that asks the public address of each service once a minute from another network, and pages by its own way. Blackbox probes of this stack ([[dashboard:telltale-api]]) see the service from the inside.',
          "Both must reach a person without Alertmanager: by the pager's own integration, by SMS or by telephone.",
          'A second small Prometheus elsewhere that watches this one is a good third.',
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'See that the heartbeat goes out',
        run: amtool(sh`alert query alertname=Watchdog`),
        expected: 'Listed, active.',
        ifNot: '[[alert:Watchdog]]',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See where it goes',
        run: amtool(sh`config routes test alertname=Watchdog severity=none`),
        expected: 'The name of the receiver of the switch.',
        ifNot: 'The receiver that notifies nobody: add the switch to `receivers` in telltale.config.ts.',
        minutes: 0.5,
      },
      {
        language: 'none',
        title: 'Prove it',
        note: 'Announce it, then `docker compose -f docker-compose.monitoring.yml stop alertmanager` and wait.',
        expected: 'The switch raises its alarm within its own waiting time. Start Alertmanager again.',
        ifNot: "Nothing comes: you have no dead man's switch.",
        minutes: 15,
      },
    ],
  };
}

export function testAlert(): Procedure {
  return {
    title: 'Sending a test alert',
    before: [
      {
        kind: 'text',
        text: 'After every change of the receivers, and once a quarter. A key that expired is found now, or at night.',
      },
    ],
    steps: [
      { ...sendTestAlert, ifNot: 'Nothing arrives: see where it is routed, next step.' },
      {
        language: 'sh',
        title: 'See where labels lead',
        run: amtool(sh`config routes test severity=critical service="$SERVICE" environment="$ENVIRONMENT"`),
        expected: 'The receiver of pages.',
        ifNot:
          'Another: correct `receivers` in telltale.config.ts. The right one, and no message: [[alert:AlertmanagerNotificationsFailing]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See why an alert is not sent',
        run: amtool(sh`alert query --inhibited --silenced --output=extended service="$SERVICE"`),
        expected: 'Each alert with its state: active, suppressed by a silence, or inhibited by another.',
        ifNot: 'Not listed: it does not fire. See [[prometheus:/alerts]].',
        minutes: 0.5,
      },
    ],
  };
}
