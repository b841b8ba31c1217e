/** What is laid over a graph: annotations, exemplars, and where its thresholds are. */
import type { DataFrame } from '@grafana/data';
import type { UPlotConfigBuilder } from '@grafana/ui';
import { createPortal } from 'react-dom';
import type { PanelViewProps } from '../panel-type.ts';
import { AnnotationAreas, AnnotationMarkers } from './annotation-marks.tsx';
import { ExemplarMarks } from './exemplar-marks.tsx';
import { useThresholdPositions } from './threshold-positions.ts';
import { usePlot } from './use-plot.ts';

interface Props extends Pick<PanelViewProps, 'annotations' | 'exemplars' | 'timeZone' | 'onTrace'> {
  readonly config: UPlotConfigBuilder;
  readonly frame: DataFrame;
}

export function PlotOverlay({
  config,
  frame,
  annotations,
  exemplars,
  timeZone,
  onTrace,
}: Props): React.ReactElement | null {
  const plot = usePlot(config);
  useThresholdPositions(plot, frame);
  if (plot === undefined) return null;
  const timeAxis = plot.root.querySelector('.u-axis');
  return (
    <>
      {createPortal(
        <>
          <AnnotationAreas plot={plot} annotations={annotations} />
          <ExemplarMarks plot={plot} frame={frame} exemplars={exemplars} timeZone={timeZone} onTrace={onTrace} />
        </>,
        plot.over,
      )}
      {timeAxis !== null &&
        createPortal(<AnnotationMarkers plot={plot} annotations={annotations} timeZone={timeZone} />, timeAxis)}
    </>
  );
}
