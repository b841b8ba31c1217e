/** What an error is, as a value of the `type` label: its code or its class, never its message. */

/** What is no error at all, or cannot be looked at. */
export const noError = 'NonError';

/** What a code or class name looks like; anything else could be text of the moment, with ids or names of people in it. */
const identifier = /^[A-Za-z_$][\w$.]{0,63}$/;
/** SQLSTATE and codes such as ERR_STREAM_DESTROYED or ECONNREFUSED. */
const codeShape = /^[A-Z0-9_]{3,64}$/;

/** The code where there is one, else the name of the error's class; `NonError` for anything else that is thrown. Never throws. */
export function errorTypeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return noError;
  try {
    return typeOfObject(error);
  } catch {
    // A getter or a proxy that throws.
    return noError;
  }
}

function typeOfObject(error: object): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (typeof code === 'string' && codeShape.test(code)) return code;
  if (isIdentifier(name) && name !== 'Error') return name;
  const className = (error as { readonly constructor?: { readonly name?: unknown } }).constructor?.name;
  if (error instanceof Error) return isIdentifier(className) ? className : 'Error';
  return isIdentifier(name) ? name : noError;
}

function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && identifier.test(value);
}
