/** How a runbook looks: long lines are short, commands stand out, tables scroll by themselves; on paper, black on white. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** Below the bar at the top of the page. */
const scrollMarginTop = 56;

export const getArticleStyle = (theme: GrafanaTheme2): string =>
  css({ ...proseStyle(theme), ...codeStyle(theme), ...tableStyle(theme), '@media print': printStyle });

const proseStyle = ({ colors, spacing, typography }: GrafanaTheme2): Style => ({
  fontSize: 15,
  lineHeight: 1.6,
  overflowWrap: 'break-word',
  'h1, h2, h3, h4': { scrollMarginTop, lineHeight: 1.25, fontWeight: typography.fontWeightMedium },
  h1: { fontSize: 28, margin: spacing(0, 0, 2) },
  h2: {
    fontSize: 20,
    margin: spacing(5, 0, 1.5),
    paddingTop: spacing(2),
    borderTop: `1px solid ${colors.border.weak}`,
  },
  h3: { fontSize: 16, margin: spacing(3.5, 0, 1) },
  'p, ul, ol': { margin: spacing(0, 0, 1.5) },
  'ul, ol': { paddingLeft: spacing(3) },
  li: { margin: spacing(0.5, 0) },
  'p, li': { maxWidth: '84ch' },
  a: { color: colors.text.link, textDecoration: 'underline', textUnderlineOffset: '0.15em' },
  'a:hover': { textDecorationThickness: 2 },
  'a[target=_blank]::after': { content: '"\\00a0↗" / ""', fontSize: '0.85em' },
  'a:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: 2 },
  strong: { fontWeight: 600 },
  blockquote: { margin: spacing(2, 0), padding: spacing(0.5, 2), borderLeft: `3px solid ${colors.border.strong}` },
  hr: { border: 0, borderTop: `1px solid ${colors.border.weak}`, margin: spacing(4, 0) },
});

const codeStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): Style => ({
  code: {
    margin: 0,
    fontFamily: typography.fontFamilyMonospace,
    fontSize: '0.88em',
    padding: '1px 5px',
    color: colors.text.primary,
    background: colors.background.secondary,
    border: 0,
    borderRadius: shape.radius.default,
    whiteSpace: 'break-spaces',
  },
  'figure.code': {
    margin: spacing(0, 0, 2),
    background: colors.background.primary,
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    overflow: 'hidden',
  },
  figcaption: {
    ...typography.bodySmall,
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    padding: spacing(0, 0.5, 0, 1.5),
    height: 30,
    color: colors.text.secondary,
    borderBottom: `1px solid ${colors.border.weak}`,
  },
  'figcaption button': {
    ...typography.bodySmall,
    padding: spacing(0, 1),
    height: 22,
    color: colors.text.secondary,
    background: 'transparent',
    border: 0,
    borderRadius: shape.radius.default,
    cursor: 'pointer',
    '&:hover': { color: colors.text.primary, background: colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${colors.primary.main}` },
  },
  pre: { margin: 0, padding: spacing(1.5), background: 'transparent', border: 0, borderRadius: 0, overflowX: 'auto' },
  'pre:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: -2 },
  'pre code': { padding: 0, background: 'transparent', fontSize: 13, lineHeight: 1.55, whiteSpace: 'pre' },
  // A query is one long line: it is read, not run line by line.
  'figure[data-language=PromQL] pre code': { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

const tableStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): Style => ({
  '.table': {
    margin: spacing(0, 0, 2),
    overflowX: 'auto',
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
  },
  '.table:focus-visible': { outline: `2px solid ${colors.primary.main}` },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: 14, lineHeight: 1.45 },
  'th, td': { padding: spacing(0.75, 1.5), textAlign: 'left', verticalAlign: 'top', minWidth: 90 },
  'td:nth-child(n+2)': { minWidth: 110 },
  'td + td:not(:has(code)), td:nth-child(3)': { overflowWrap: 'normal' },
  th: {
    ...typography.bodySmall,
    color: colors.text.secondary,
    background: colors.background.primary,
    whiteSpace: 'nowrap',
  },
  'tbody tr': { borderTop: `1px solid ${colors.border.weak}` },
});

const printStyle: Style = {
  '&, & *': { color: '#000 !important', background: 'transparent !important' },
  'figcaption button': { display: 'none' },
  'figure.code, .table': { overflow: 'visible', borderColor: '#999' },
  'pre code': { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  'h2, h3': { breakAfter: 'avoid' },
  'figure.code, tr': { breakInside: 'avoid' },
};

type Style = Readonly<Record<string, string | number | StyleRules>>;
type StyleRules = Readonly<Record<string, string | number | Readonly<Record<string, string | number>>>>;
