/** Shows and hides each kind of annotation. */
import { InlineSwitch } from '@grafana/ui';
import { useDashboard } from '../state/dashboard-state.ts';

export function AnnotationSwitches(): React.ReactElement[] {
  const { annotationSwitches } = useDashboard();
  return annotationSwitches.map(({ name, on, toggle }) => (
    <InlineSwitch key={name} id={`annotations-${name}`} label={name} showLabel value={on} onChange={toggle} />
  ));
}
