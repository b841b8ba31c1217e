/** Rows of alerts under their states: as they are, or folded under a title. */
import type { AlertRule, AlertState } from '../../api/alert-rules.ts';
import { isNews, isUrgent } from '../../shell/alerts/alert-kinds.ts';
import { StateIcon } from '../../shell/alerts/state-icon.tsx';
import { AlertRow } from './alert-row.tsx';

/** What is worst comes first. */
export const stateOrder: readonly AlertState[] = ['firing', 'pending', 'inactive'];

interface StateGroupProps {
  readonly state: AlertState;
  readonly rules: readonly AlertRule[];
}

export function AlertGroups({ rules }: { readonly rules: readonly AlertRule[] }): React.ReactElement | null {
  if (rules.length === 0) return null;
  return (
    <>
      {stateOrder.map((state) => (
        <StateGroup key={state} state={state} rules={rules.filter((rule) => rule.state === state)} />
      ))}
    </>
  );
}

function StateGroup({ state, rules }: StateGroupProps): React.ReactElement | null {
  if (rules.length === 0) return null;
  return (
    <>
      <h3>
        <StateIcon state={state} size={12} />
        <span>{state}</span>
      </h3>
      <ul>
        {rules.map((rule) => (
          <AlertRow key={`${rule.group}/${rule.name}`} rule={rule} />
        ))}
      </ul>
    </>
  );
}

interface AlertFoldProps {
  readonly title: string;
  readonly rules: readonly AlertRule[];
}

export function AlertFold({ title, rules }: AlertFoldProps): React.ReactElement | null {
  if (rules.length === 0) return null;
  const firing = rules.filter(isNews);
  return (
    <details>
      <summary>
        <span>{title}</span>
        <span className="note">
          {firing.length === 0 ? `${rules.length} rules, none fires` : `${rules.length} rules`}
        </span>
        {firing.map(({ name }) => (
          <span key={name} className="firing">
            <StateIcon state="firing" size={12} /> {name}
          </span>
        ))}
      </summary>
      <AlertGroups rules={rules.filter((rule) => !isUrgent(rule))} />
    </details>
  );
}
