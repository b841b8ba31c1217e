/** Chooses among things, each as often as its weight says. */

export function weightedChoice<T extends { readonly weight: number }>(
  things: readonly T[],
  random: () => number = Math.random,
): () => T {
  const total = things.reduce((sum, { weight }) => sum + weight, 0);
  return () => {
    let rest = random() * total;
    const found = things.find(({ weight }) => (rest -= weight) < 0) ?? things[0];
    if (found === undefined) throw new Error('Cannot choose from nothing');
    return found;
  };
}
