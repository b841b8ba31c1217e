/** Listeners on the process that see what nobody handles, and that nobody else can see in what the process does. */

/** What is used of the process. */
export type ProcessEvents = Pick<
  NodeJS.Process,
  'execArgv' | 'on' | 'prependListener' | 'removeListener' | 'listeners'
>;

type Listener = (...args: unknown[]) => void;

/** On our listeners, of any registry and any copy of this package: they do not count as somebody who handles rejections. */
const onlyCounts = Symbol.for('telltale.only-counts');

const rejection = 'unhandledRejection';

/**
 * Tells of each uncaught exception and unhandled rejection, once. `uncaughtExceptionMonitor` sees exceptions, and the
 * rejections that Node makes exceptions of. A listener of `unhandledRejection` would itself keep the process alive, so ours is
 * there only while the application has one, or where Node does not ask whether there is one.
 * @returns What takes the listeners away again.
 */
export function watchProcess(events: ProcessEvents, tell: (error: unknown) => void): () => void {
  const { onException, onRejection } = tellOnce(tell);
  const always = rejectionsAreIgnored(events.execArgv);
  let listening = false;
  const join = (): void => {
    if (listening) return;
    listening = true;
    events.prependListener(rejection, onRejection);
  };
  const leave = (): void => {
    listening = false;
    events.removeListener(rejection, onRejection);
  };
  const onNewListener: Listener = (event, listener) => {
    if (event === rejection && !isOurs(listener)) join();
  };
  const onRemoveListener: Listener = (event, listener) => {
    if (event !== rejection) return;
    if (listener === onRejection) listening = false;
    else if (listening && !always && !isListenedTo(events)) leave();
  };
  events.on('uncaughtExceptionMonitor', onException);
  events.on('newListener', onNewListener);
  events.on('removeListener', onRemoveListener);
  if (always || isListenedTo(events)) join();
  return () => {
    events.removeListener('uncaughtExceptionMonitor', onException);
    events.removeListener('newListener', onNewListener);
    events.removeListener('removeListener', onRemoveListener);
    leave();
  };
}

/** Under `--unhandled-rejections=strict` Node tells of a rejection twice: as an exception, and right then as a rejection. */
function tellOnce(tell: (error: unknown) => void): { readonly onException: Listener; readonly onRejection: Listener } {
  let isTold = false;
  const onException: Listener = (error, origin) => {
    if (origin === rejection) {
      isTold = true;
      queueMicrotask(() => {
        isTold = false;
      });
    }
    tell(isWrapped(error) ? undefined : error);
  };
  const onRejection: Listener = (reason) => {
    if (isTold) isTold = false;
    else tell(reason);
  };
  return { onException, onRejection: Object.assign(onRejection, { [onlyCounts]: true }) };
}

/** Node's own error around a reason that is none. */
function isWrapped(error: unknown): boolean {
  try {
    return error instanceof Error && error.name === 'UnhandledPromiseRejection';
  } catch {
    // Anything can be thrown; what a monitor throws would be what the process dies of.
    return false;
  }
}

function isOurs(listener: unknown): boolean {
  return typeof listener === 'function' && onlyCounts in listener;
}

function isListenedTo(events: ProcessEvents): boolean {
  return events.listeners(rejection).some((listener) => !isOurs(listener));
}

/**
 * Whether Node goes on after a rejection in any case, so that a listener makes no difference. Only what stands on the command
 * line is believed: NODE_OPTIONS may have been read from a file after the start, and would change nothing any more.
 */
function rejectionsAreIgnored(execArgv: readonly string[]): boolean {
  const flag = '--unhandled-rejections';
  // Node takes underscores too.
  const words = execArgv.map((word) => word.replaceAll('_', '-'));
  const modes = words.flatMap((word, index) => {
    if (word === flag) return [words[index + 1]];
    return word.startsWith(`${flag}=`) ? [word.slice(flag.length + 1)] : [];
  });
  return modes.at(-1) === 'warn' || modes.at(-1) === 'none';
}
