/** The frames of a panel with its field config applied: names, units, thresholds, colours, links. */
import {
  applyFieldOverrides,
  compareArrayValues,
  compareDataFrameStructures,
  type ConfigOverrideRule,
  type DataFrame,
  type DataLinkPostProcessor,
  type FieldConfigSource,
  type InterpolateFunction,
} from '@grafana/data';
import type { Panel } from '@grafana/schema';
import { useTheme2 } from '@grafana/ui';
import { useMemo, useRef } from 'react';
import { registryFor } from '../grafana/field-config-registry.ts';
import { fieldConfigOf } from '../grafana/field-config.ts';
import { resolveUrl } from '../query/panel-link.ts';
import { useInfo } from '../shell/info-context.tsx';
import { panelTypeOf } from './all-panels.ts';

interface Input {
  readonly panel: Panel;
  readonly frames: readonly DataFrame[];
  readonly replaceVariables: InterpolateFunction;
  readonly timeZone: string;
  /** Applied after the panel's own, e.g. to hide a series that was clicked away. */
  readonly extraOverride?: ConfigOverrideRule;
}

interface Applied {
  readonly frames: DataFrame[];
  readonly fieldConfig: FieldConfigSource;
  readonly structureRev: number;
}

export function useFieldConfig({ panel, frames, replaceVariables, timeZone, extraOverride }: Input): Applied {
  const theme = useTheme2();
  const dataLinkPostProcessor = useLinksOfThisPage();
  const fieldConfig = useMemo(() => {
    const config = fieldConfigOf(panel, panelTypeOf(panel.type).defaults);
    return extraOverride === undefined ? config : { ...config, overrides: [...config.overrides, extraOverride] };
  }, [panel, extraOverride]);
  const fieldConfigRegistry = useMemo(() => registryFor(fieldConfig), [fieldConfig]);
  const applied = useMemo(
    () =>
      applyFieldOverrides({
        data: [...frames],
        fieldConfig,
        fieldConfigRegistry,
        replaceVariables,
        theme,
        dataLinkPostProcessor,
        timeZone,
      }),
    [frames, fieldConfig, fieldConfigRegistry, replaceVariables, theme, dataLinkPostProcessor, timeZone],
  );
  return { frames: applied, fieldConfig, structureRev: useStructureRevision(applied) };
}

/** Graphs are built anew when it grows, and keep cursor and zoom while only values change. */
function useStructureRevision(frames: DataFrame[]): number {
  const last = useRef({ frames, revision: 1 });
  if (last.current.frames !== frames) {
    const same = compareArrayValues(last.current.frames, frames, compareDataFrameStructures);
    last.current = { frames, revision: last.current.revision + (same ? 0 : 1) };
  }
  return last.current.revision;
}

/** Links of cells and series lead to pages of this preview where it has them. */
function useLinksOfThisPage(): DataLinkPostProcessor {
  const { runbooks } = useInfo();
  return useMemo(() => {
    const paths = runbooks.map(({ path }) => path);
    return ({ linkModel }) => {
      const resolved = resolveUrl(linkModel.href, paths);
      if (resolved === undefined) return undefined;
      return { ...linkModel, href: resolved.href, target: resolved.external ? '_blank' : undefined };
    };
  }, [runbooks]);
}
