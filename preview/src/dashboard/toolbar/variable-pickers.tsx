/** A picker per variable of the dashboard. */
import type { VariableModel } from '@grafana/schema';
import { useDashboard } from '../state/dashboard-state.ts';
import { VariablePicker } from './variable-picker.tsx';

/** Grafana's VariableHide: the label alone, or all of it. */
const hidden = 2;

export function VariablePickers(): React.ReactElement[] {
  const { dashboard, variables } = useDashboard();
  const models = (dashboard.templating?.list ?? []).filter(({ hide }) => (hide as number | undefined) !== hidden);
  return models.map((model: VariableModel) => (
    <VariablePicker key={model.name} model={model} value={variables?.get(model.name)} />
  ));
}
