/** What a function closes over, read with Node's inspector: for what a library keeps where nothing else can see it. */
import type { Session as InspectorSession } from 'node:inspector';

/** By which the inspector, which evaluates in the main realm, and this module, in whatever realm, hand things over. */
const handover = Symbol.for('telltale.closure-handover');

interface Handover {
  readonly subject: unknown;
  readonly variables: Record<string, unknown>;
}

type SessionClass = typeof InspectorSession & { [handover]?: Handover };

/** The scopes next to the function; those beyond are the module's and the global one. */
const scopesRead = 2;

/**
 * The variables of the nearest scopes of a function, inner ones first; nothing where there is no inspector (Node may be
 * built or run without). Takes a fifth of a millisecond: once per function, never per request. No debugger is enabled, and
 * the session lives no longer than this call.
 */
export function variablesOf(subject: object): Readonly<Record<string, unknown>> {
  const variables: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  try {
    const { Session } = process.getBuiltinModule('node:inspector') as { readonly Session: SessionClass };
    Session[handover] = { subject, variables };
    try {
      readScopes(new Session());
    } finally {
      delete Session[handover];
    }
  } catch {
    // Then whoever asks must do without.
  }
  return variables;
}

function readScopes(session: InspectorSession): void {
  const place = `process.getBuiltinModule('node:inspector').Session[Symbol.for('telltale.closure-handover')]`;
  const collect = `function () { for (const [name, value] of Object.entries(this.object)) ${place}.variables[name] ??= value; }`;
  session.connect();
  try {
    const { result } = post(session, 'Runtime.evaluate', { expression: `${place}.subject` }) as RemoteResult;
    for (const { value } of scopesOf(session, result?.objectId).slice(0, scopesRead)) {
      post(session, 'Runtime.callFunctionOn', { objectId: value?.objectId, functionDeclaration: collect });
    }
  } finally {
    session.disconnect();
  }
}

interface RemoteObject {
  readonly objectId?: string;
}

interface RemoteProperty {
  readonly name: string;
  readonly value?: RemoteObject;
}

interface RemoteResult {
  readonly result?: RemoteObject;
}

function scopesOf(session: InspectorSession, functionId: string | undefined): readonly RemoteProperty[] {
  const { internalProperties } = post(session, 'Runtime.getProperties', { objectId: functionId }) as {
    readonly internalProperties: readonly RemoteProperty[];
  };
  const list = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value;
  const { result } = post(session, 'Runtime.getProperties', { objectId: list?.objectId, ownProperties: true }) as {
    readonly result: readonly RemoteProperty[];
  };
  return result.filter(({ name }) => /^\d+$/.test(name));
}

/** A session that is connected to its own thread answers before `post()` returns. */
function post(session: InspectorSession, method: string, parameters: object): unknown {
  let answer: unknown;
  session.post(method, parameters, (error, result) => {
    if (error === null) answer = result;
  });
  return answer;
}
