/** Receivers of every kind, as a config declares them. */
import type { ReceiverConfig } from '../../src/config/config.ts';

export const everyReceiver: readonly ReceiverConfig[] = [
  { name: 'pager', kind: 'pagerduty', severities: ['critical'], secretFile: 'pagerduty-key' },
  {
    name: 'chat',
    kind: 'slack',
    severities: ['warning'],
    secretFile: 'slack-url',
    settings: { channel: '#alerts', hours: '09:00-17:00', days: 'monday:friday', timeZone: 'Europe/Paris' },
  },
  {
    name: 'payments-chat',
    kind: 'msteams',
    severities: ['critical', 'warning'],
    team: 'payments',
    secretFile: 'teams-url',
  },
  { name: 'staging', kind: 'discord', severities: ['warning'], environment: 'staging', secretFile: 'discord-url' },
  {
    name: 'mail',
    kind: 'email',
    severities: ['warning'],
    secretFile: 'mail-password',
    settings: {
      to: 'ops@example.org',
      from: 'alerts@example.org',
      smarthost: 'mail.example.org:587',
      username: 'alerts',
      require_tls: 'false',
    },
  },
  { name: 'duty', kind: 'opsgenie', severities: ['critical'], team: 'classroom', secretFile: 'opsgenie-key' },
  { name: 'hook', kind: 'webhook', severities: ['critical'], secretFile: 'hook-url' },
  { name: 'deadman', kind: 'webhook', severities: ['critical'], secretFile: 'deadman-url' },
];
