/** What a page holds, beside it on wide screens; the part that is being read is marked. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import type { Heading } from './render-markdown.ts';

/** The title is level 1; what is below steps is too fine. */
const shownLevels: ReadonlySet<number> = new Set([2, 3]);

export function TableOfContents({ headings }: { readonly headings: readonly Heading[] }): React.ReactElement {
  const style = useStyles2(getStyle);
  const current = useCurrentHeading(headings);
  return (
    <aside className={style}>
      <nav aria-label="On this page">
        {headings
          .filter(({ level }) => shownLevels.has(level))
          .map(({ level, id, text }) => (
            <a key={id} href={`#${id}`} data-level={level} aria-current={id === current ? 'location' : undefined}>
              {text}
            </a>
          ))}
      </nav>
    </aside>
  );
}

/** Pixels below the upper edge within which a heading counts as being read. */
const readingEdge = 96;

/** The last heading above the reading edge. */
function useCurrentHeading(headings: readonly Heading[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    const look = (): void => setCurrent(headings.findLast(({ id }) => topOf(id) < readingEdge)?.id);
    look();
    document.addEventListener('scroll', look, { passive: true });
    return () => document.removeEventListener('scroll', look);
  }, [headings]);
  return current;
}

const topOf = (id: string): number => document.getElementById(id)?.getBoundingClientRect().top ?? Infinity;

const getStyle = ({ colors, spacing, typography, breakpoints }: GrafanaTheme2): string =>
  css({
    [breakpoints.down('lg')]: { display: 'none' },
    '@media print': { display: 'none' },
    nav: {
      ...typography.bodySmall,
      position: 'sticky',
      top: 56,
      maxHeight: 'calc(100vh - 72px)',
      overflowY: 'auto',
      borderLeft: `1px solid ${colors.border.weak}`,
      scrollbarWidth: 'thin',
    },
    a: {
      display: 'block',
      padding: spacing(0.375, 1.5),
      marginLeft: -1,
      borderLeft: '2px solid transparent',
      color: colors.text.secondary,
    },
    'a[data-level="3"]': { paddingLeft: spacing(3) },
    'a:hover': { color: colors.text.primary },
    'a[aria-current]': { color: colors.text.primary, borderLeftColor: colors.primary.main },
  });
