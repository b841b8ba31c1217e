/**
 * The properties that a panel's field config may set. Grafana's plugins register theirs when they load; without the
 * plugins a registry is made per panel, from the standard properties and the custom ones that its JSON names. What is
 * not registered is silently ignored by `applyFieldOverrides`: units and thresholds too.
 */
import {
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldConfigOptionsRegistry,
  FieldType,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardFieldConfigEditorRegistry,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type Field,
  type FieldConfigPropertyItem,
  type FieldConfigSource,
} from '@grafana/data';

type Process = FieldConfigPropertyItem['process'];
type ShouldApply = FieldConfigPropertyItem['shouldApply'];

const always: ShouldApply = () => true;
const toNumbers: ShouldApply = (field: Field) => field.type === FieldType.number;
const notToTime: ShouldApply = (field: Field) => field.type !== FieldType.time;

const standardProperties: readonly (readonly [id: string, process: Process, shouldApply: ShouldApply])[] = [
  ['displayName', displayNameOverrideProcessor, always],
  ['unit', unitOverrideProcessor, always],
  ['decimals', numberOverrideProcessor, toNumbers],
  ['min', numberOverrideProcessor, toNumbers],
  ['max', numberOverrideProcessor, toNumbers],
  ['fieldMinMax', identityOverrideProcessor, toNumbers],
  ['thresholds', thresholdsOverrideProcessor, always],
  ['mappings', valueMappingsOverrideProcessor, always],
  ['links', dataLinksOverrideProcessor, always],
  ['color', identityOverrideProcessor, always],
  ['noValue', identityOverrideProcessor, always],
  ['filterable', identityOverrideProcessor, always],
];

/** Lets library code that asks for the standard properties (merging of frames, links) find them. Once per page. */
export function registerStandardProperties(): void {
  standardFieldConfigEditorRegistry.setInit(standardItems);
}

export function registryFor(fieldConfig: FieldConfigSource): FieldConfigOptionsRegistry {
  const registry = new FieldConfigOptionsRegistry();
  for (const item of [...standardItems(), ...customItems(fieldConfig)]) registry.register(item);
  return registry;
}

const standardItems = (): FieldConfigPropertyItem[] =>
  standardProperties.map(([id, process, shouldApply]) => ({ ...propertyItem(id), process, shouldApply }));

function customItems({ defaults, overrides }: FieldConfigSource): FieldConfigPropertyItem[] {
  const ofOverrides = overrides.flatMap(({ properties }) => properties.map(({ id }) => id));
  const ids = [
    ...Object.keys((defaults.custom ?? {}) as object).map((key) => `custom.${key}`),
    ...ofOverrides.filter((id) => id.startsWith('custom.')),
  ];
  return [...new Set(ids)].map((id) => ({
    ...propertyItem(id),
    path: id.slice('custom.'.length),
    isCustom: true,
    shouldApply: notToTime,
  }));
}

/** Editors are never drawn here. */
const noEditor = (): null => null;

const propertyItem = (id: string): FieldConfigPropertyItem => ({
  id,
  path: id,
  name: id,
  settings: {},
  editor: noEditor,
  override: noEditor,
  process: identityOverrideProcessor,
  shouldApply: always,
});
