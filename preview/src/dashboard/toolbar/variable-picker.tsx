/** Which values of a variable are asked for: one, several, or all; typing filters. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { VariableModel } from '@grafana/schema';
import { Combobox, MultiCombobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import { useId, useMemo } from 'react';
import type { VariableValue } from '../../query/context.ts';
import { allValues as all } from '../../query/interpolate.ts';
import { changeAddress } from '../state/address.ts';

interface Props {
  readonly model: VariableModel;
  /** undefined until it is known */
  readonly value: VariableValue | undefined;
}

export function VariablePicker({ model, value }: Props): React.ReactElement {
  const id = useId();
  const options = useMemo(() => optionsOf(model, value), [model, value]);
  const choose = (values: readonly string[]): void => changeAddress({ [`var-${model.name}`]: values });
  const common = {
    id,
    options,
    loading: value === undefined,
    width: 'auto',
    minWidth: 10,
    maxWidth: 32,
  } as const;
  return (
    <div className={useStyles2(getStyle)} data-variable={model.name}>
      <label htmlFor={id} title={model.description}>
        {model.label ?? model.name}
      </label>
      {model.multi === true ? (
        <MultiCombobox
          {...common}
          value={value === undefined ? [] : [...value.values]}
          onChange={(chosen) =>
            choose(
              nextValues(
                value?.values ?? [],
                chosen.map((option) => option.value),
                model,
              ),
            )
          }
        />
      ) : (
        <Combobox {...common} value={value?.values[0] ?? null} onChange={(chosen) => choose([chosen.value])} />
      )}
    </div>
  );
}

function optionsOf({ includeAll }: VariableModel, value: VariableValue | undefined): ComboboxOption[] {
  const chosen = (value?.values ?? []).filter((each) => each !== all);
  const values = [...new Set([...(value?.options ?? []), ...chosen])].filter((each) => each !== all);
  const options = values.map((each) => ({ value: each, label: each }));
  return includeAll === true ? [{ value: all, label: 'All' }, ...options] : options;
}

/** All excludes every other value; nothing chosen means all. */
function nextValues(
  before: readonly string[],
  chosen: readonly string[],
  { includeAll }: VariableModel,
): readonly string[] {
  const choseAll = chosen.includes(all) && !before.includes(all);
  const others = chosen.filter((value) => value !== all);
  if (includeAll === true && (choseAll || others.length === 0)) return [all];
  return others.length === 0 ? before : others;
}

const getStyle = ({ colors, spacing, typography, shape, components }: GrafanaTheme2): string =>
  css({
    display: 'flex',
    alignItems: 'stretch',
    maxWidth: '100%',
    '> label': {
      ...typography.bodySmall,
      display: 'flex',
      alignItems: 'center',
      minHeight: spacing(components.height.md),
      margin: 0,
      padding: spacing(0, 1),
      border: `1px solid ${colors.border.weak}`,
      borderRight: 0,
      borderRadius: `${shape.radius.default} 0 0 ${shape.radius.default}`,
      background: colors.background.primary,
      fontWeight: typography.fontWeightMedium,
      whiteSpace: 'nowrap',
    },
  });
