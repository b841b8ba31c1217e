/** What an alert sees now: one sentence for each service or instance that it is about. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { AlertInstance, AlertRule } from '../../api/alert-rules.ts';
import { StateIcon } from './state-icon.tsx';

/** More would push what comes below out of sight: Alertmanager lists them all. */
const shownAtMost = 8;

export function InstanceList({ rule }: { readonly rule: AlertRule }): React.ReactElement | null {
  const style = useStyles2(getStyle);
  if (rule.instances.length === 0) return null;
  const more = rule.instances.length - shownAtMost;
  return (
    <ul className={style}>
      {rule.instances.slice(0, shownAtMost).map((instance) => (
        <li key={JSON.stringify(instance.labels)} data-instance-state={instance.state}>
          {rule.instances.length > 1 && <StateIcon state={instance.state} size={10} speaks />}
          {summaryOf(instance)}
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}

function summaryOf({ annotations, labels }: AlertInstance): string {
  const { alertname: _, severity: __, ...others } = labels;
  return (
    annotations['summary'] ??
    Object.entries(others)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')
  );
}

const getStyle = ({ spacing }: GrafanaTheme2): string =>
  css({ listStyle: 'none', margin: 0, li: { display: 'flex', alignItems: 'baseline', gap: spacing(1) } });
