/** Exemplars: single requests, as diamonds where their value is. */
import { css } from '@emotion/css';
import { dateTimeFormat, formattedValueToString, type DataFrame, type Field, type GrafanaTheme2 } from '@grafana/data';
import { buildScaleKey, useStyles2 } from '@grafana/ui';
import { exemplarsOf, type Exemplar } from './exemplars.ts';
import { MarkWithTooltip } from './mark-with-tooltip.tsx';
import type { Plot } from './use-plot.ts';

interface Props {
  readonly plot: Plot;
  /** What the graph shows: the first series says the unit and the scale. */
  readonly frame: DataFrame;
  readonly exemplars: readonly DataFrame[];
  readonly timeZone: string;
  readonly onTrace: ((traceId: string) => void) | undefined;
}

export function ExemplarMarks({ plot, frame, exemplars, timeZone, onTrace }: Props): React.ReactElement[] {
  const className = useStyles2(getStyle);
  const series = frame.fields[1];
  if (series === undefined) return [];
  const scaleKey = buildScaleKey(series.config, series.type);
  return exemplarsOf(exemplars)
    .filter((exemplar) => isShown(plot, scaleKey, exemplar))
    .map((exemplar, index) => (
      <MarkWithTooltip
        key={`${exemplar.time} ${exemplar.traceId ?? index}`}
        className={className}
        style={positionOf(plot, scaleKey, exemplar)}
        label={`Exemplar: ${shownValue(series, exemplar.value)}`}
        onClick={exemplar.traceId === undefined ? undefined : () => onTrace?.(exemplar.traceId ?? '')}
        tooltip={() => <ExemplarTooltip exemplar={exemplar} series={series} timeZone={timeZone} />}
      />
    ));
}

interface TooltipProps {
  readonly exemplar: Exemplar;
  readonly series: Field;
  readonly timeZone: string;
}

function ExemplarTooltip({ exemplar, series, timeZone }: TooltipProps): React.ReactElement {
  return (
    <>
      <h3>Exemplar: {shownValue(series, exemplar.value)}</h3>
      <p>{dateTimeFormat(exemplar.time, { defaultWithMS: true, timeZone })}</p>
      <dl>
        {exemplar.labels.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const shownValue = (series: Field, value: number): string =>
  series.display === undefined ? String(value) : formattedValueToString(series.display(value));

function positionOf(plot: Plot, scaleKey: string, { time, value }: Exemplar): { left: number; top: number } {
  const { max = value } = plot.scales[scaleKey] ?? {};
  return { left: plot.valToPos(time, 'x'), top: plot.valToPos(Math.min(value, max ?? value), scaleKey) };
}

/** Higher values are drawn on the upper edge, as Grafana does; what lies outside of the time range is not drawn. */
function isShown({ scales }: Plot, scaleKey: string, { time, value }: Exemplar): boolean {
  const [x, y] = [scales['x'], scales[scaleKey]];
  return time >= (x?.min ?? Infinity) && time <= (x?.max ?? -Infinity) && value >= (y?.min ?? Infinity);
}

/** A diamond of 7 pixels that is easy to point at. */
const getStyle = ({ colors, visualization }: GrafanaTheme2): string =>
  css({
    position: 'absolute',
    width: 15,
    height: 15,
    margin: '-7.5px 0 0 -7.5px',
    padding: 0,
    border: 0,
    background: 'none',
    '&::after': {
      content: "''",
      position: 'absolute',
      inset: 4,
      border: `1px solid ${colors.background.primary}`,
      background: visualization.getColorByName('dark-blue'),
      transform: 'rotate(45deg)',
    },
    '&:hover::after, &:focus-visible::after': { inset: 2 },
  });
