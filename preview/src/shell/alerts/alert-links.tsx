/** From an alert to what to do about it, and to the panel that shows it. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Link } from 'wouter';
import type { PreviewInfo } from '../../../../src/preview/answers.ts';
import type { AlertRule } from '../../api/alert-rules.ts';
import { ExternalLink } from '../external-link.tsx';
import { useInfo } from '../info-context.tsx';
import { inPageAddress } from '../links.ts';

const labelled = [
  { annotation: 'runbook_url', label: 'Runbook' },
  { annotation: 'dashboard_url', label: 'Panel' },
] as const;

type AlertLinkName = (typeof labelled)[number]['annotation'];

interface AlertLinksProps {
  readonly rule: AlertRule;
  /** Which links, in their order; both unless said otherwise. */
  readonly only?: AlertLinkName;
}

export function AlertLinks({ rule, only }: AlertLinksProps): React.ReactElement {
  const info = useInfo();
  const shown = labelled.filter(({ annotation }) => only === undefined || annotation === only);
  return (
    <span className={useStyles2(getStyle)}>
      {shown.map(({ annotation, label }) => {
        const address = addressOf(rule, annotation);
        return address && <AlertLink key={label} alert={rule.name} {...{ address, label, info }} />;
      })}
    </span>
  );
}

interface AlertLinkProps {
  readonly alert: string;
  readonly label: string;
  readonly address: string;
  readonly info: PreviewInfo;
}

function AlertLink({ alert, label, address, info }: AlertLinkProps): React.ReactElement {
  const inPage = inPageAddress(address, info);
  const name = `${label} of ${alert}`;
  if (inPage === undefined) {
    return (
      <ExternalLink href={address} name={name}>
        {label}
      </ExternalLink>
    );
  }
  return (
    <Link href={inPage} aria-label={name}>
      {label}
    </Link>
  );
}

/** The page of the runbook of an alert, when the server has it. */
export function runbookPageOf(rule: AlertRule, info: PreviewInfo): string | undefined {
  const address = addressOf(rule, 'runbook_url');
  return address === undefined ? undefined : inPageAddress(address, info);
}

/** What fires says which environment and service; the rule itself does not know. */
function addressOf({ instances: [first], annotations }: AlertRule, name: AlertLinkName): string | undefined {
  const address = first?.annotations[name] ?? annotations[name];
  return address?.startsWith('http') === true ? address : undefined;
}

const getStyle = ({ spacing, colors }: GrafanaTheme2): string =>
  css({
    display: 'inline-flex',
    gap: spacing(2),
    whiteSpace: 'nowrap',
    a: { color: colors.text.link },
    'a:hover': { textDecoration: 'underline' },
  });
