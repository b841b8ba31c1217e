/** Says which label and status a request to a random tree must get: Express's rules and the design's, nothing of ours. */
import type { Behaviour, MountNode, RouteNode, TreeLayer, TreePath, TreeRequest } from './route-tree.ts';

export interface Prediction {
  readonly route: string;
  readonly status: number;
}

/** What answers or fails: its template, and whether a 404 from there means that nothing matched. */
interface Owner {
  readonly template: string;
  readonly catchAll: boolean;
}

export interface LineRules {
  /** How this line spells a path for everything, as a template. */
  readonly everything: string;
  /** Whether that path matches `/` itself. */
  readonly everythingMatchesRoot: boolean;
}

interface Walk {
  readonly request: TreeRequest;
  readonly rules: LineRules;
  answer: Prediction | undefined;
}

/** Where a router was left: with an error of somebody's, or without. */
interface Exit {
  readonly error: Owner | undefined;
}

const unmatched: Owner = { template: 'unmatched', catchAll: false };

export function predict(tree: readonly TreeLayer[], request: TreeRequest, rules: LineRules): Prediction {
  const walk: Walk = { request, rules, answer: undefined };
  const { error } = enter(tree, { walk, rest: request.segments, base: '' });
  return walk.answer ?? (error === undefined ? { route: 'unmatched', status: 404 } : labelled(error, 500));
}

function labelled(owner: Owner, status: number): Prediction {
  return { route: owner.catchAll && status === 404 ? 'unmatched' : owner.template || '/', status };
}

interface Position {
  readonly walk: Walk;
  readonly rest: readonly string[];
  readonly base: string;
}

function enter(layers: readonly TreeLayer[], position: Position): Exit {
  const { walk } = position;
  const lastRoute = layers.findLastIndex(({ kind }) => kind !== 'middleware' && kind !== 'error');
  let error: Owner | undefined;
  let options: Owner | undefined;
  for (const [index, layer] of layers.entries()) {
    if (layer.kind === 'route') {
      const owner = error === undefined ? routeOwner(layer, position) : undefined;
      if (owner === undefined) continue;
      if (!handles(layer, walk.request.method)) {
        if (walk.request.method === 'OPTIONS') options ??= owner;
        continue;
      }
      const end = runAll(layer.handlers, owner, walk);
      if (end === 'router') break;
      if (end === 'failed') error = owner;
    } else if (layer.kind === 'middleware') {
      const last = lastRoute !== -1 && index > lastRoute;
      const owner = error === undefined ? middlewareOwner(layer.path, last, position) : undefined;
      const end = owner === undefined ? 'next' : run(layer.behaviour, owner, walk);
      if (end === 'router') break;
      if (end === 'failed') error = owner;
    } else if (layer.kind === 'error') {
      if (error === undefined || matchPath(layer.path, position) === undefined) continue;
      if (layer.behaviour.does === 'answer') walk.answer ??= labelled(error, layer.behaviour.status);
      if (layer.behaviour.does === 'recover') error = undefined;
    } else if (error === undefined) error = enterMounts(layer, position);
    if (isOver(walk)) return { error: undefined };
  }
  if (error === undefined && options !== undefined) walk.answer ??= labelled(options, 200);
  return { error };
}

/** After `send-next` Express goes on, but nothing counts any more. */
function isOver(walk: Walk): boolean {
  return walk.answer !== undefined;
}

function enterMounts({ mounts, layers }: MountNode, position: Position): Owner | undefined {
  for (const paths of mounts) {
    const step = firstMatch(paths, position);
    if (step === undefined) continue;
    const inner = { ...position, rest: step.rest, base: position.base + step.template };
    const { error } = enter(layers, inner);
    if (error !== undefined || isOver(position.walk)) return error;
  }
  return undefined;
}

function handles({ method }: RouteNode, sent: TreeRequest['method']): boolean {
  return method === 'all' || method === sent.toLowerCase() || (method === 'get' && sent === 'HEAD');
}

type End = 'next' | 'failed' | 'router';

function runAll(behaviours: readonly Behaviour[], owner: Owner, walk: Walk): End {
  for (const behaviour of behaviours) {
    const end = run(behaviour, owner, walk);
    if (end !== 'next' || isOver(walk) || behaviour.does === 'route') return end;
  }
  return 'next';
}

function run(behaviour: Behaviour, owner: Owner, walk: Walk): End {
  if ('status' in behaviour) walk.answer ??= labelled(owner, behaviour.status);
  if (behaviour.does === 'router') return 'router';
  return behaviour.does === 'throw' || behaviour.does === 'next-error' ? 'failed' : 'next';
}

function routeOwner({ paths }: RouteNode, position: Position): Owner | undefined {
  const step = paths.map((path) => matchWhole(path, position)).find((found) => found !== undefined);
  return step && { template: position.base + step.template, catchAll: step.everything };
}

function middlewareOwner(path: TreePath | undefined, last: boolean, position: Position): Owner | undefined {
  const step = matchPath(path, position);
  if (step === undefined) return undefined;
  if (step.template !== '' && !step.everything) return { template: position.base + step.template, catchAll: false };
  return position.base === '' ? unmatched : { template: position.base, catchAll: last };
}

interface Step {
  readonly template: string;
  readonly rest: readonly string[];
  readonly everything: boolean;
}

/** A RegExp that ends within a segment ends the search too: Express then passes the whole layer by. */
function firstMatch(paths: readonly TreePath[], position: Position): Step | undefined {
  for (const path of paths) {
    const step = matchPath(path, position);
    if (step !== undefined) return step;
    if (path.kind === 'regexp' && /^m\d+/.test(position.rest[0] ?? '')) return undefined;
  }
  return undefined;
}

function matchWhole(path: TreePath, position: Position): Step | undefined {
  const step = matchPath(path, position);
  return step?.rest.length === 0 ? step : undefined;
}

/** What is left below a path; undefined where it does not match. */
function matchPath(path: TreePath | undefined, { rest, walk: { rules } }: Position): Step | undefined {
  if (path === undefined) return { template: '', rest, everything: false };
  if (path.kind === 'everything') {
    if (rest.length === 0 && !rules.everythingMatchesRoot) return undefined;
    return { template: rules.everything, rest: [], everything: true };
  }
  if (path.kind === 'regexp') {
    return /^m\d+$/.test(rest[0] ?? '')
      ? { template: String.raw`/m(\d+)`, rest: rest.slice(1), everything: false }
      : undefined;
  }
  const { segments } = path;
  const isMatch = segments.every((segment, index) => matchesSegment(segment, rest[index]));
  if (!isMatch) return undefined;
  return {
    template: segments.map((segment) => `/${segment}`).join(''),
    rest: rest.slice(segments.length),
    everything: false,
  };
}

function matchesSegment(segment: string, sent: string | undefined): boolean {
  return sent !== undefined && (segment.startsWith(':') || segment === sent.toLowerCase());
}
