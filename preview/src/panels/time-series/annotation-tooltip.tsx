/** What annotations say. */
import { dateTimeFormat } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import type { Annotation } from '../../query/annotations.ts';

interface Props {
  readonly annotations: readonly Annotation[];
  readonly timeZone: string;
}

/** More would not be read. */
const mostShown = 6;

export function AnnotationTooltip({ annotations, timeZone }: Props): React.ReactElement {
  const { visualization } = useTheme2();
  const left = annotations.length - mostShown;
  return (
    <>
      {annotations.slice(0, mostShown).map((annotation, index) => (
        <section key={index} style={{ borderColor: visualization.getColorByName(annotation.color) }}>
          <h3>{annotation.title}</h3>
          {annotation.text !== '' && <p>{annotation.text}</p>}
          <p>{timesOf(annotation, timeZone)}</p>
          {annotation.tags.length > 0 && <p>{annotation.tags.join(', ')}</p>}
        </section>
      ))}
      {left > 0 && <p>and {left} more</p>}
    </>
  );
}

function timesOf({ from, to }: Annotation, timeZone: string): string {
  const start = dateTimeFormat(from, { timeZone });
  return to > from ? `${start} to ${dateTimeFormat(to, { timeZone })}` : start;
}
