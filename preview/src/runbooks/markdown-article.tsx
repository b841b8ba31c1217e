/** Rendered Markdown in the page: its links stay in the page where they can, and its code can be copied. */
import { useStyles2 } from '@grafana/ui';
import { memo, useEffect } from 'react';
import { useLocation } from 'wouter';
import { getArticleStyle } from './article-style.ts';

/** @param html as `renderMarkdown` returns it, which is safe */
export const MarkdownArticle = memo(function MarkdownArticle({ html }: { readonly html: string }): React.ReactElement {
  const style = useStyles2(getArticleStyle);
  const [, navigate] = useLocation();
  useEffect(() => {
    showFragment();
    window.addEventListener('hashchange', showFragment);
    return () => window.removeEventListener('hashchange', showFragment);
  }, [html]);
  const click = (event: React.MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest('button[data-copy]');
    if (button !== null) void copyBlock(button);
    else followLink(event, event.target.closest('a'), navigate);
  };
  // Links and buttons within are what is clicked: they take the keyboard themselves.
  return <article className={style} onClick={click} dangerouslySetInnerHTML={{ __html: html }} />;
});

/** The text came after the address was opened: the browser looked for the fragment too early. */
function showFragment(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id !== '') document.getElementById(id)?.scrollIntoView();
}

function followLink(event: React.MouseEvent, link: HTMLAnchorElement | null, navigate: (to: string) => void): void {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link === null || !isPlain || link.target !== '' || link.origin !== location.origin) return;
  if (link.pathname === location.pathname && link.hash !== '') return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
}

const saidMillis = 2_000;

async function copyBlock(button: Element): Promise<void> {
  const code = button.closest('figure')?.querySelector('code')?.textContent ?? '';
  const said = await navigator.clipboard.writeText(code).then(
    () => 'Copied',
    () => 'Not allowed: select it',
  );
  button.textContent = said;
  setTimeout(() => {
    button.textContent = 'Copy';
  }, saidMillis);
}
