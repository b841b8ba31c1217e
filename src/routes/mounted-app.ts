/** `app.use(path, otherApp)` hides the other app in a closure of Express: this finds it. */
import type { AppLike, HandlerLike } from './express-shapes.ts';

/** Express names its closure so, in 4 and in 5. */
const closureName = 'mounted_app';

/**
 * The app behind a layer that `app.use(path, otherApp)` made. The closure is called with a stand-in request which gives up
 * as soon as Express asks for the other app's request prototype: before anything of the application's can run.
 */
export function appBehind(handle: HandlerLike): AppLike | undefined {
  if (handle.name !== closureName || handle.length !== 3) return undefined;
  const seen: { app?: AppLike } = {};
  try {
    (handle as (...args: unknown[]) => unknown)(standInRequest(seen), { setHeader: nothing, locals: {} }, nothing);
  } catch {
    // The stand-in's own refusal, or a closure that is not Express's after all.
  }
  return seen.app;
}

function nothing(): void {
  // The stand-in's response and callback.
}

/** Express 4 routes the request through two middlewares of its own before it sets the prototype: they need a URL. */
function standInRequest(seen: { app?: AppLike }): object {
  const readable: Readonly<Record<string, unknown>> = {
    app: { request: {}, response: {} },
    method: 'GET',
    url: '/',
    query: {},
  };
  return new Proxy(
    {},
    {
      get: (_target, name) => (seen.app === undefined && typeof name === 'string' ? readable[name] : refuse()),
      set: () => true,
      setPrototypeOf: (_target, prototype) => {
        // Express 4 comes back here on its way out, perhaps in a later tick: nobody would catch a second refusal.
        if (seen.app !== undefined) return true;
        seen.app = (prototype as { app: AppLike }).app;
        return refuse();
      },
    },
  );
}

function refuse(): never {
  throw new Error('stand-in request');
}
