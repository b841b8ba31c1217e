/** How a Prometheus gets the rules that were emitted. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

const ruleFiles = `rule_files:
  - alerts/*.yml
  - monitoring/meta-alerts.yml`;

export function LoadRules(): React.ReactElement {
  return (
    <div className={useStyles2(getStyle)}>
      <p>
        <code>telltale generate</code> writes them to <code>alerts/</code> and <code>monitoring/</code>. Name them in
        the configuration of Prometheus, then reload it with <code>kill -HUP</code> or <code>POST /-/reload</code>:
      </p>
      <pre>{ruleFiles}</pre>
    </div>
  );
}

const getStyle = ({ spacing, colors }: GrafanaTheme2): string =>
  css({
    padding: spacing(0, 2, 2, 7),
    p: { margin: spacing(0, 0, 1), color: colors.text.secondary },
    pre: { margin: 0, padding: spacing(1, 1.5), width: 'fit-content', maxWidth: '100%' },
  });
