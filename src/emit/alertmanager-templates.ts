/** What a notification says: Go templates that Alertmanager fills. Every one carries Runbook, Dashboard and Silence links. */
import { generatedNotice } from './generated-notice.ts';

interface Template {
  readonly name: string;
  readonly text: string;
}

/** Annotations hold what people read; `.Labels` only what the alert's expression left. */
const perAlert = (lines: readonly string[]): string => `{{ range .Alerts }}${lines.join('\n')}
{{ end }}`;

/** A page of Alertmanager that is filled in to silence just this group. */
const silenceLink = (quoted: string): string =>
  `{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $pair := .GroupLabels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $pair.Name }}%3D{{ ${quoted} }}{{ end }}%7D`;

const quotedValue = 'printf "%q" $pair.Value';

const templates: readonly Template[] = [
  {
    name: 'telltale.title',
    text: '[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] {{ .GroupLabels.alertname }}{{ with .CommonAnnotations.summary }}: {{ . }}{{ end }}',
  },
  {
    name: 'telltale.link',
    text: '{{ with .CommonAnnotations.dashboard_url }}{{ . }}{{ else }}{{ .ExternalURL }}{{ end }}',
  },
  // `+` would stay a plus behind `#`. HTML templates escape links themselves, and refuse `urlquery`.
  { name: 'telltale.silence', text: silenceLink(`${quotedValue} | urlquery | reReplaceAll "[+]" "%20"`) },
  {
    name: 'telltale.severity',
    text: '{{ if eq .CommonLabels.severity "critical" }}critical{{ else }}warning{{ end }}',
  },
  { name: 'telltale.priority', text: '{{ if eq .CommonLabels.severity "critical" }}P1{{ else }}P3{{ end }}' },
  {
    name: 'telltale.color',
    text: '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
  },
  {
    name: 'telltale.text',
    text: `${perAlert([
      '{{ .Annotations.summary }}',
      '{{ .Annotations.description }}',
      'Impact: {{ .Annotations.impact }}',
      'First: {{ .Annotations.action }}',
      'Runbook: {{ .Annotations.runbook_url }}',
      'Dashboard: {{ .Annotations.dashboard_url }}',
      '',
    ])}Silence: {{ template "telltale.silence" . }}`,
  },
  {
    name: 'telltale.slack',
    text: `${perAlert([
      '*{{ .Annotations.summary }}*',
      '{{ .Annotations.description }}',
      'First: {{ .Annotations.action }}',
      '<{{ .Annotations.runbook_url }}|Runbook> · <{{ .Annotations.dashboard_url }}|Dashboard>',
      '',
    ])}<{{ template "telltale.silence" . }}|Silence>`,
  },
  {
    name: 'telltale.markdown',
    text: `${perAlert([
      '**{{ .Annotations.summary }}**',
      '',
      '{{ .Annotations.description }}',
      '',
      'First: {{ .Annotations.action }}',
      '',
      '[Runbook]({{ .Annotations.runbook_url }}) · [Dashboard]({{ .Annotations.dashboard_url }})',
      '',
    ])}[Silence]({{ template "telltale.silence" . }})`,
  },
  {
    name: 'telltale.html',
    text: `${perAlert([
      '<p><strong>{{ .Annotations.summary }}</strong></p>',
      '<p>{{ .Annotations.description }}</p>',
      '<p>First: {{ .Annotations.action }}</p>',
      '<p><a href="{{ .Annotations.runbook_url }}">Runbook</a> · <a href="{{ .Annotations.dashboard_url }}">Dashboard</a></p>',
    ])}<p><a href="${silenceLink(quotedValue)}">Silence</a></p>`,
  },
];

export const templateNames: readonly string[] = templates.map(({ name }) => name);

/** The text of `telltale.tmpl`. */
export function alertmanagerTemplates(): string {
  const notice = `{{/* ${generatedNotice('src/emit/alertmanager-templates.ts')} */}}`;
  const definitions = templates.map(({ name, text }) => `{{ define ${JSON.stringify(name)} }}${text}{{ end }}`);
  return `${[notice, ...definitions].join('\n\n')}\n`;
}
