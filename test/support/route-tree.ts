/** Random trees of routers as data: the same tree is built as an Express app and walked by a model of Express. */
import * as fc from 'fast-check';

/** `everything` and RegExps are spelled by whoever builds: lines differ. */
export type TreePath =
  | { readonly kind: 'segments'; readonly segments: readonly string[] }
  | { readonly kind: 'everything' }
  | { readonly kind: 'regexp' };

/** What a handler does: `send-next` answers, then calls next(); `later` answers in another tick. */
export type Behaviour =
  | { readonly does: 'answer' | 'later' | 'send-next'; readonly status: number }
  | { readonly does: 'next' | 'throw' | 'next-error' | 'route' | 'router' };

export type ErrorBehaviour =
  { readonly does: 'answer'; readonly status: number } | { readonly does: 'pass' | 'recover' | 'throw' };

export interface RouteNode {
  readonly kind: 'route';
  readonly paths: readonly TreePath[];
  readonly method: 'get' | 'post' | 'all';
  readonly handlers: readonly Behaviour[];
}

export interface MiddlewareNode {
  readonly kind: 'middleware';
  readonly path: TreePath | undefined;
  readonly behaviour: Behaviour;
}

export interface ErrorNode {
  readonly kind: 'error';
  readonly path: TreePath | undefined;
  readonly behaviour: ErrorBehaviour;
}

export interface MountNode {
  readonly kind: 'router' | 'app';
  /** One `use()` of the same router for each: an array of paths. */
  readonly mounts: readonly (readonly TreePath[])[];
  readonly layers: readonly TreeLayer[];
}

export type TreeLayer = RouteNode | MiddlewareNode | ErrorNode | MountNode;

export interface TreeRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'DELETE';
  readonly segments: readonly string[];
  readonly slash: boolean;
}

/** Parameter names and values are words that are literals elsewhere. */
const literals = ['a', 'b', 'users'] as const;
const values = ['a', 'b', 'users', 'A', 'x', '77', 'm7', 'm7x', 'telltale', '%20', 'a.b'] as const;

const statuses = fc.constantFrom(200, 200, 401, 404);
const segmentPath = fc
  .array(fc.constantFrom(...literals, ':x', ':a'), { maxLength: 2 })
  .filter((segments) => new Set(segments.filter((one) => one.startsWith(':'))).size === parameters(segments))
  .map((segments): TreePath => ({ kind: 'segments', segments }));
const routePath = fc.oneof(
  { weight: 8, arbitrary: segmentPath },
  { weight: 1, arbitrary: fc.constant<TreePath>({ kind: 'everything' }) },
  { weight: 1, arbitrary: fc.constant<TreePath>({ kind: 'regexp' }) },
);
const anyMountPath = fc.oneof(
  { weight: 8, arbitrary: segmentPath },
  { weight: 1, arbitrary: fc.constant<TreePath>({ kind: 'regexp' }) },
);
/** `/` matches every path, but only itself in an array of Express 5. */
const arrayPath = anyMountPath.filter((path) => path.kind !== 'segments' || path.segments.length > 0);
const mountPaths = fc.oneof(
  anyMountPath.map((path) => [path]),
  fc.array(arrayPath, { minLength: 2, maxLength: 2 }),
);

function parameters(segments: readonly string[]): number {
  return segments.filter((one) => one.startsWith(':')).length;
}

const behaviour = (...more: readonly ('route' | 'router')[]): fc.Arbitrary<Behaviour> =>
  fc.oneof(
    fc.record({ does: fc.constantFrom('answer' as const, 'later' as const, 'send-next' as const), status: statuses }),
    fc.record({ does: fc.constantFrom('next' as const, 'throw' as const, 'next-error' as const, ...more) }),
  );
const errorBehaviour: fc.Arbitrary<ErrorBehaviour> = fc.oneof(
  fc.record({ does: fc.constant('answer' as const), status: fc.constantFrom(404, 503) }),
  fc.record({ does: fc.constantFrom('pass' as const, 'recover' as const, 'throw' as const) }),
);

/** `next('router')` in the root router leaves no trace of having left it: not generated there. */
function layers(depth: number): fc.Arbitrary<readonly TreeLayer[]> {
  const nested = depth > 0 ? (['router'] as const) : ([] as const);
  const route = fc.record({
    kind: fc.constant('route' as const),
    paths: fc.array(routePath, { minLength: 1, maxLength: 2 }),
    method: fc.constantFrom('get' as const, 'get' as const, 'post' as const, 'all' as const),
    handlers: fc.array(behaviour('route', ...nested), { minLength: 1, maxLength: 2 }),
  });
  const middleware = fc.record({
    kind: fc.constant('middleware' as const),
    path: fc.option(routePath, { nil: undefined }),
    behaviour: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Behaviour>({ does: 'next' }) },
      { weight: 1, arbitrary: behaviour(...nested) },
    ),
  });
  const error = fc.record({
    kind: fc.constant('error' as const),
    path: fc.option(segmentPath, { nil: undefined }),
    behaviour: errorBehaviour,
  });
  const choices = [
    { weight: 5, arbitrary: route as fc.Arbitrary<TreeLayer> },
    { weight: 3, arbitrary: middleware as fc.Arbitrary<TreeLayer> },
    { weight: 1, arbitrary: error as fc.Arbitrary<TreeLayer> },
    ...(depth < 3 ? [{ weight: 4, arbitrary: mount(depth + 1) as fc.Arbitrary<TreeLayer> }] : []),
  ];
  return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: depth === 0 ? 6 : 4 });
}

function mount(depth: number): fc.Arbitrary<MountNode> {
  return fc.record({
    kind: fc.constantFrom('router' as const, 'router' as const, 'app' as const),
    mounts: fc.array(mountPaths, { minLength: 1, maxLength: 2 }),
    layers: layers(depth),
  });
}

export const aTree: fc.Arbitrary<readonly TreeLayer[]> = layers(0);

export const someRequests: fc.Arbitrary<readonly TreeRequest[]> = fc.array(
  fc.record({
    method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE'),
    segments: fc.array(fc.constantFrom(...values), { maxLength: 5 }),
    slash: fc.boolean(),
  }),
  { minLength: 12, maxLength: 12 },
);
