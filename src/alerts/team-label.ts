/**
 * Label `team` of every rule. One rule serves many services, so the label is a Go template over the alert's own service:
 * that survives every aggregation and `absent()`, needs no relabeling in a Prometheus that is not ours, and shows in ALERTS.
 */
import type { Model } from '../model/model.ts';
import { escapeTemplate, labelReference, quoteTemplate } from './go-template.ts';

/** Who owns hosts, the stack, and services that the config does not list. */
export const platformTeam = 'platform';

export function teamLabel(model: Model): string {
  const teams = [...new Set(model.services.map(({ team }) => team))].filter((team) => team !== platformTeam);
  if (teams.length === 0) return platformTeam;
  const service = labelReference(model.identity.service);
  const cases = teams.map((team) => {
    const services = model.services.filter((one) => one.team === team).map(({ name }) => quoteTemplate(name));
    return `if eq ${service} ${services.join(' ')} }}${escapeTemplate(team)}`;
  });
  return `{{ ${cases.join('{{ else ')}{{ else }}${platformTeam}{{ end }}`;
}
