/** Where a panel leads, next to its title: the runbooks of its alerts, panels that say more. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Panel } from '@grafana/schema';
import { Dropdown, Icon, IconButton, Menu, Tooltip, useStyles2 } from '@grafana/ui';
import { resolveLink, type ResolvedLink } from '../../query/panel-link.ts';
import { useInfo } from '../../shell/info-context.tsx';
import { useDashboard } from '../state/dashboard-state.ts';

export function PanelLinks({ panel }: { readonly panel: Panel }): React.ReactElement | null {
  const links = usePanelLinks(panel);
  const [first, ...others] = links;
  if (first === undefined) return null;
  return others.length === 0 ? <SingleLink link={first} /> : <LinksMenu links={links} />;
}

function usePanelLinks({ links = [] }: Panel): ResolvedLink[] {
  const { context } = useDashboard();
  const { runbooks } = useInfo();
  if (context === undefined) return [];
  const paths = runbooks.map(({ path }) => path);
  return links.map((link) => resolveLink(link, context, paths)).filter((link) => link !== undefined);
}

function SingleLink({ link }: { readonly link: ResolvedLink }): React.ReactElement {
  const { title, href, external } = link;
  return (
    <Tooltip content={title}>
      <a
        className={useStyles2(getStyle)}
        href={href}
        aria-label={title}
        {...(external ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
      >
        <Icon name={external ? 'external-link-alt' : 'link'} size="md" />
      </a>
    </Tooltip>
  );
}

function LinksMenu({ links }: { readonly links: readonly ResolvedLink[] }): React.ReactElement {
  const overlay = (
    <Menu>
      {links.map(({ title, href, external }) => (
        <Menu.Item
          key={href}
          label={title}
          url={href}
          target={external ? '_blank' : undefined}
          icon={external ? 'external-link-alt' : 'link'}
        />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={overlay} placement="bottom-start">
      <IconButton name="link" size="md" tooltip={`${links.length} links`} />
    </Dropdown>
  );
}

const getStyle = ({ colors, spacing, shape }: GrafanaTheme2): string =>
  css({
    display: 'flex',
    padding: spacing(0.5),
    borderRadius: shape.radius.default,
    color: colors.text.secondary,
    '&:hover': { color: colors.text.primary, background: colors.action.hover },
  });
