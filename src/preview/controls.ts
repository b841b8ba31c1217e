/** The switches of a demo: listed, and switched on and off. */
import { quoteList } from '../errors.ts';
import { type Answer, jsonAnswer, problemAnswer } from './answer.ts';
import type { Control } from './answers.ts';
import { bodyOf } from './body.ts';
import type { Exchange } from './exchange.ts';

/** Where a call rejects, the page shows the message. */
export interface Controls {
  list(): Promise<readonly Control[]>;
  /** Resolves with the control as it is then. */
  set(name: string, on: boolean): Promise<Control>;
}

export async function listControls({ site }: Exchange): Promise<Answer> {
  const { controls } = site.options;
  if (controls === undefined) return noControls;
  return orProblem('Cannot list the controls', async () => jsonAnswer(await controls.list()));
}

export async function setControl({ site, request, rest: name }: Exchange): Promise<Answer> {
  const { controls } = site.options;
  if (controls === undefined) return noControls;
  // A browser does not send JSON to another origin unasked: no form of another site can flip a switch.
  const body = await bodyOf(request, 'application/json');
  if ('status' in body) return body;
  const on = wantedState(body.toString());
  if (on === undefined) return problemAnswer(400, 'Cannot read the body: it must be { "on": true } or { "on": false }');
  return orProblem(`Cannot switch "${name}" ${on ? 'on' : 'off'}`, () => switchControl(controls, name, on));
}

async function switchControl(controls: Controls, name: string, on: boolean): Promise<Answer> {
  const names = (await controls.list()).map((control) => control.name);
  if (names.includes(name)) return jsonAnswer(await controls.set(name, on));
  return problemAnswer(404, `Cannot find the control "${name}": known are ${quoteList(names)}`);
}

const noControls = problemAnswer(404, 'Cannot find controls: this preview has none');

async function orProblem(what: string, answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    return problemAnswer(502, `${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function wantedState(text: string): boolean | undefined {
  try {
    const value = JSON.parse(text) as { readonly on?: unknown } | null;
    return typeof value?.on === 'boolean' ? value.on : undefined;
  } catch {
    return undefined;
  }
}
