/** Replaces a method on one instance, never on a prototype, and gives it back. */

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Marks our replacements, so that an instance is never instrumented twice, whichever copy of the package did it. */
const replacedBy = Symbol.for('telltale.replaced');

/**
 * Puts `wrap(original)` in the place of a method. Returns what undoes it, or null where there is no such method or it
 * is one of ours already. Undoing leaves a later replacement by somebody else in place and only switches ours off.
 */
export function replaceMethod(target: object, name: string, wrap: (original: Method) => Method): (() => void) | null {
  const holder = target as Record<string, unknown>;
  const original = holder[name];
  if (!isMethod(original) || replacedBy in original) return null;
  const previous = Object.getOwnPropertyDescriptor(target, name);
  const wrapped = wrap(original);
  let active = true;
  const replacement: Method = function replacement(this: unknown, ...args) {
    return (active ? wrapped : original).apply(this, args);
  };
  Object.defineProperties(replacement, {
    [replacedBy]: { value: true },
    name: { value: original.name },
    length: { value: original.length },
  });
  Object.defineProperty(target, name, { value: replacement, configurable: true, writable: true, enumerable: false });
  return () => {
    active = false;
    if (holder[name] !== replacement) return;
    if (previous === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, previous);
  };
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
