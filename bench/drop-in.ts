/** Drop-ins are measured beside the same thing without them: a process for each, and a second bare one for the noise. */

export const allVariants = ['bare', 'bare-again', 'instrumented'] as const;
export type Variant = (typeof allVariants)[number];

export function variantOf(text: string | undefined): Variant {
  const variant = allVariants.find((each) => each === text);
  if (variant === undefined) throw new Error(`Cannot measure variant "${text}": it is not in the list`);
  return variant;
}
