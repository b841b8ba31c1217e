/** What the resolver answers: one object per template, so that a recorder may keep on it what belongs to the template. */

export interface ResolvedRoute {
  /** The full template of the path, `unmatched`, or `overflow` past the cap. Never a raw URL. */
  readonly template: string;
  /** True for what matches whatever is left: a 404 from there means that nothing matched. */
  readonly catchAll: boolean;
}

/** Nothing that was mounted or registered answered: no match, a custom 404, or middleware of the app before routing. */
export const unmatched: ResolvedRoute = Object.freeze({ template: 'unmatched', catchAll: false });

/** What is recorded past the cap on distinct templates. */
export const overflowTemplate = 'overflow';
