/** Links to traces with errors. */
import type { Model } from '../../model/model.ts';
import type { CellLink, PanelLink } from '../panel.ts';

/** Jaeger's search wants a service, so a link of a panel leads to the services that are chosen on the board. */
export function tracesWithErrors({ links }: Model): PanelLink {
  return { title: 'Traces with errors', url: searchUrl(links.jaeger, '${service}') };
}

/** The same, for the service that a cell names. */
export function tracesOfCell({ links }: Model): CellLink {
  return { title: 'Traces with errors', url: searchUrl(links.jaeger, '${cell}') };
}

function searchUrl(jaeger: string, service: string): string {
  const tags = encodeURIComponent(JSON.stringify({ error: 'true' }));
  return `${jaeger}/search?service=${service}&tags=${tags}&lookback=1h`;
}
