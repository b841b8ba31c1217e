/** Receivers of Alertmanager: one kind, one entry of this table. Secrets are files, which Alertmanager reads. */
import type { Receiver } from '../model/model.ts';
import type { YamlValue } from './yaml.ts';

type Fields = Readonly<Record<string, YamlValue>>;

interface ReceiverKind {
  /** Key of the list of configurations in a receiver. */
  readonly list: string;
  /** Field that names the secret's file. */
  readonly secret: string;
  /** Titles and texts, from `templates/telltale.tmpl`. */
  readonly texts: Fields;
  /** Settings that Alertmanager calls otherwise. */
  readonly renames?: Readonly<Record<string, string>>;
  readonly remark?: string;
}

/** Folder of the secrets, relative to the configuration. */
export const secretsFolder = 'secrets';

export const receiverKinds: Readonly<Record<Receiver['kind'], ReceiverKind>> = {
  slack: {
    list: 'slack_configs',
    secret: 'api_url_file',
    texts: {
      title: '{{ template "telltale.title" . }}',
      title_link: '{{ template "telltale.link" . }}',
      text: '{{ template "telltale.slack" . }}',
      color: '{{ template "telltale.color" . }}',
      fallback: '{{ template "telltale.title" . }}',
    },
  },
  pagerduty: {
    list: 'pagerduty_configs',
    secret: 'routing_key_file',
    texts: {
      description: '{{ template "telltale.title" . }}',
      severity: '{{ template "telltale.severity" . }}',
      client: 'Telltale',
      client_url: '{{ template "telltale.link" . }}',
      details: { alerts: '{{ template "telltale.text" . }}' },
    },
  },
  email: {
    list: 'email_configs',
    secret: 'auth_password_file',
    renames: { username: 'auth_username' },
    texts: {
      headers: { Subject: '{{ template "telltale.title" . }}' },
      html: '{{ template "telltale.html" . }}',
      text: '{{ template "telltale.text" . }}',
    },
  },
  webhook: { list: 'webhook_configs', secret: 'url_file', texts: {} },
  msteams: {
    list: 'msteamsv2_configs',
    secret: 'webhook_url_file',
    texts: { title: '{{ template "telltale.title" . }}', text: '{{ template "telltale.markdown" . }}' },
  },
  discord: {
    list: 'discord_configs',
    secret: 'webhook_url_file',
    texts: { title: '{{ template "telltale.title" . }}', message: '{{ template "telltale.markdown" . }}' },
  },
  opsgenie: {
    list: 'opsgenie_configs',
    secret: 'api_key_file',
    texts: {
      message: '{{ template "telltale.title" . }}',
      description: '{{ template "telltale.text" . }}',
      source: '{{ template "telltale.link" . }}',
      priority: '{{ template "telltale.priority" . }}',
    },
    remark: 'Support of Opsgenie ends in April 2027: plan the move.',
  },
};

/** A receiver as Alertmanager reads it; what the config sets wins over our texts. */
export function receiverConfig(receiver: Receiver): YamlValue {
  const { list, secret, texts, renames = {} } = receiverKinds[receiver.kind];
  const { hours: _hours, days: _days, timeZone: _timeZone, ...settings } = receiver.settings;
  const fields = {
    send_resolved: true,
    [secret]: `${secretsFolder}/${receiver.secretFile}`,
    ...texts,
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [renames[name] ?? name, asSetting(value)])),
  };
  return { name: receiver.name, [list]: [fields] };
}

/** Alertmanager takes no quoted text for a switch such as `require_tls`. */
function asSetting(value: string): string | boolean {
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

/** What the reader of the configuration must know of its receivers, as comments. */
export function receiverRemarks(receivers: readonly Receiver[]): readonly string[] {
  return [...new Set(receivers.flatMap(({ kind }) => receiverKinds[kind].remark ?? []))];
}
