/** The dependencies that all users of one registry have declared. */
import { type HostNames, problemsOfBoth, refuse } from './dependencies.ts';

export interface Declarations {
  readonly byHost: () => HostNames;
  /**
   * Adds what one more user declares; call what it gives to take that back.
   * @throws TELLTALE_OPTION when it contradicts the others
   */
  add(declared: HostNames): () => void;
}

export function declarations(): Declarations {
  const all = new Set<HostNames>();
  let byHost: HostNames = new Map();
  const join = (): HostNames => new Map([...all].flatMap((declared) => [...declared]));
  return {
    byHost: () => byHost,
    add: (declared) => {
      const problems = problemsOfBoth(byHost, declared);
      if (problems.length > 0) refuse(problems);
      all.add(declared);
      byHost = join();
      return () => {
        all.delete(declared);
        byHost = join();
      };
    },
  };
}
