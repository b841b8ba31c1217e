/** Annotations: lines and areas over the graph, and markers on its time axis that say what they are. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { Annotation } from '../../query/annotations.ts';
import { AnnotationTooltip } from './annotation-tooltip.tsx';
import { MarkWithTooltip } from './mark-with-tooltip.tsx';
import type { Plot } from './use-plot.ts';

interface Props {
  readonly plot: Plot;
  readonly annotations: readonly Annotation[];
}

interface Placed {
  readonly annotation: Annotation;
  readonly key: string;
  readonly style: React.CSSProperties;
  readonly kind: 'moment' | 'region';
}

export function AnnotationAreas(props: Props): React.ReactElement[] {
  const className = useStyles2(getAreaStyle);
  return usePlaced(props).map(({ key, kind, style }) => (
    <div key={key} className={className} data-kind={kind} style={style} />
  ));
}

export function AnnotationMarkers({ timeZone, ...props }: Props & { readonly timeZone: string }): React.ReactElement[] {
  const className = useStyles2(getMarkerStyle);
  const { plot, annotations } = props;
  return usePlaced(props).map(({ annotation, key, kind, style }) => (
    <MarkWithTooltip
      key={key}
      className={className}
      kind={kind}
      style={style}
      label={`${annotation.name}: ${annotation.title}`}
      tooltip={(clientX) => (
        <AnnotationTooltip annotations={annotationsAt(plot, annotations, clientX)} timeZone={timeZone} />
      )}
    />
  ));
}

/** Those that reach into the shown range, cut to it; the shorter ones above the longer ones. */
function usePlaced({ plot, annotations }: Props): Placed[] {
  const { visualization } = useTheme2();
  const { min = 0, max = 0 } = plot.scales['x'] ?? {};
  return annotations
    .filter(({ from, to }) => to >= min && from <= max)
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .map((annotation, index) => {
      const left = plot.valToPos(Math.max(annotation.from, min), 'x');
      const width = plot.valToPos(Math.min(annotation.to, max), 'x') - left;
      const kind = annotation.to > annotation.from ? 'region' : 'moment';
      const color = { '--annotation': visualization.getColorByName(annotation.color) };
      const style = { left, ...(kind === 'region' ? { width: Math.max(width, 2) } : {}), ...color };
      return { annotation, key: `${annotation.name} ${annotation.title} ${annotation.from} ${index}`, style, kind };
    });
}

/** Half the width of the marker of a moment. */
const reachPixels = 6;

/** Markers lie on each other: all that are below the pointer, the shortest first. */
function annotationsAt(plot: Plot, annotations: readonly Annotation[], clientX: number): Annotation[] {
  const x = clientX - plot.over.getBoundingClientRect().left;
  const [earliest, latest] = [plot.posToVal(x - reachPixels, 'x'), plot.posToVal(x + reachPixels, 'x')];
  return annotations
    .filter(({ from, to }) => to >= earliest && from <= latest)
    .toSorted((a, b) => a.to - a.from - (b.to - b.from));
}

const color = 'var(--annotation)';

const getAreaStyle = (): string =>
  css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    border: `0 dashed ${color}`,
    borderLeftWidth: 1,
    pointerEvents: 'none',
    '&[data-kind=region]': { borderRightWidth: 1, background: `color-mix(in srgb, ${color} 10%, transparent)` },
  });

/** A triangle below a moment, a bar below a region. */
const getMarkerStyle = ({ zIndex }: GrafanaTheme2): string =>
  css({
    position: 'absolute',
    top: 0,
    zIndex: zIndex.activePanel,
    padding: 0,
    border: 0,
    background: 'none',
    '&::before': { content: "''", position: 'absolute', inset: '-2px 0 -6px' },
    '&[data-kind=moment]': {
      width: 10,
      height: 5,
      marginLeft: -5,
      background: color,
      clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    },
    '&[data-kind=region]': { height: 5, background: color },
  });
