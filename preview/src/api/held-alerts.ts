/** The alerts that Alertmanager holds: what became of them after they fired. */
import { fetchJson } from './preview-api.ts';

export interface HeldAlert {
  readonly name: string;
  readonly severity: string;
  /** Names of the receivers that its route leads to. */
  readonly receivers: readonly string[];
  readonly fate: 'active' | 'silenced' | 'inhibited' | 'muted';
}

interface GettableAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: {
    readonly inhibitedBy?: readonly string[];
    readonly silencedBy?: readonly string[];
    readonly mutedBy?: readonly string[];
  };
}

export async function fetchHeldAlerts(init?: RequestInit): Promise<readonly HeldAlert[]> {
  return (await fetchJson<readonly GettableAlert[]>('/api/alertmanager/api/v2/alerts', init)).map(toHeldAlert);
}

function toHeldAlert({ labels, receivers, status }: GettableAlert): HeldAlert {
  return {
    name: labels['alertname'] ?? 'without a name',
    severity: labels['severity'] ?? 'none',
    receivers: receivers.map(({ name }) => name),
    fate: fateOf(status),
  };
}

function fateOf({ silencedBy = [], inhibitedBy = [], mutedBy = [] }: GettableAlert['status']): HeldAlert['fate'] {
  if (silencedBy.length > 0) return 'silenced';
  if (inhibitedBy.length > 0) return 'inhibited';
  return mutedBy.length > 0 ? 'muted' : 'active';
}
