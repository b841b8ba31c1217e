/** A panel's transformations, by Grafana's own code. */
import {
  type DataFrame,
  type DataTransformerInfo,
  standardTransformers,
  standardTransformersRegistry,
  transformDataFrame,
  type TransformerRegistryItem,
} from '@grafana/data';
import type { Panel } from '@grafana/schema';

standardTransformersRegistry.setInit(() => distinct(Object.values(standardTransformers)).map(registered));

export type TransformationConfig = NonNullable<Panel['transformations']>[number];

/** @param interpolate for the variables in a transformation's options */
export function transform(
  configs: readonly TransformationConfig[],
  frames: readonly DataFrame[],
  interpolate: (text: string) => string,
): Promise<DataFrame[]> {
  if (configs.length === 0) return Promise.resolve([...frames]);
  return new Promise((resolve, reject) => {
    transformDataFrame(known(configs), [...frames], { interpolate }).subscribe({ next: resolve, error: reject });
  });
}

/** The same type, but for the name of the topic: strings in one package, an enumeration in the other. */
const known = (configs: readonly TransformationConfig[]): Parameters<typeof transformDataFrame>[0] =>
  configs as Parameters<typeof transformDataFrame>[0];

/** Some are listed under an old name too, which the registry refuses. */
function distinct(transformers: readonly DataTransformerInfo[]): DataTransformerInfo[] {
  return [...new Map(transformers.map((transformer) => [transformer.id, transformer])).values()];
}

function registered(transformer: DataTransformerInfo): TransformerRegistryItem {
  return {
    id: transformer.id,
    name: transformer.name,
    transformation: () => Promise.resolve(transformer),
    // Shown where transformations are edited: not here.
    editor: () => null,
    imageDark: '',
    imageLight: '',
  };
}
