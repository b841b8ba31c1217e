/** A runbook with its table of contents; on the page of an alert, what that alert sees now. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { RunbookEntry } from '../../../src/preview/answers.ts';
import { useInfo } from '../shell/info-context.tsx';
import { Loading } from '../shell/loading.tsx';
import { Page } from '../shell/page.tsx';
import { AlertNow } from './alert-now.tsx';
import { MarkdownArticle } from './markdown-article.tsx';
import { renderMarkdown } from './render-markdown.ts';
import { inPageLinksOf } from './runbook-links.ts';
import { TableOfContents } from './table-of-contents.tsx';
import { UnknownRunbook } from './unknown-runbook.tsx';
import { useRunbook } from './use-runbook.ts';

/** @param path below the folder of runbooks; '' is the index */
export function RunbookPage({ path }: { readonly path: string }): React.ReactElement {
  const { runbooks } = useInfo();
  const entry = runbooks.find((each) => (path === '' ? each.kind === 'index' : each.path === path));
  return entry === undefined ? <UnknownRunbook path={path} /> : <KnownRunbook key={entry.path} entry={entry} />;
}

function KnownRunbook({ entry }: { readonly entry: RunbookEntry }): React.ReactElement {
  const { path, title, kind } = entry;
  const style = useStyles2(getStyle);
  const info = useInfo();
  const text = useRunbook(path);
  const rendered = useMemo(
    () => (typeof text === 'string' ? renderMarkdown(text, { inPage: inPageLinksOf(path, info) }) : undefined),
    [text, path, info],
  );
  if (text instanceof Error) return <UnknownRunbook path={path} error={text} />;
  return (
    <Page title={kind === 'index' ? title : `${title} · Runbooks`}>
      <div className={style}>
        <div className="text">
          {kind !== 'index' && (
            <nav aria-label="Breadcrumb" className="trail">
              <Link href="/runbooks/">Runbooks</Link> / {title}
            </nav>
          )}
          {kind === 'alert' && <AlertNow name={title} />}
          {rendered === undefined ? <Loading /> : <MarkdownArticle html={rendered.html} />}
        </div>
        <TableOfContents headings={rendered?.headings ?? []} />
      </div>
    </Page>
  );
}

const getStyle = ({ spacing, typography, colors, breakpoints }: GrafanaTheme2): string =>
  css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 920px) 260px',
    justifyContent: 'center',
    gap: spacing(6),
    [breakpoints.down('lg')]: { gridTemplateColumns: 'minmax(0, 1fr)', gap: 0 },
    '.trail': { ...typography.bodySmall, color: colors.text.secondary, marginBottom: spacing(1) },
    '.trail a': { color: colors.text.link, textDecoration: 'underline' },
    '@media print': { gridTemplateColumns: 'minmax(0, 1fr)', '.trail': { display: 'none' } },
  });
