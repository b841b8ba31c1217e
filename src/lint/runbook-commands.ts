/** A page names only commands that `telltale` has, and Jaeger only where something traces. */
import { hasSource } from '../model/sources.ts';
import { tracingPorts } from '../runbooks/terminal/stack.ts';
import { telltaleCommands } from '../runbooks/terminal/telltale-commands.ts';
import { perPage, type RunbookInput, type RunbookProblem } from './runbook-problem.ts';

export function checkCommands({ pack, files }: RunbookInput): readonly RunbookProblem[] {
  const traced = hasSource(pack.model, 'tracing');
  return perPage(files, (text) => [...unknownCommands(text), ...(traced ? [] : jaegerIn(text))]);
}

/** Where `telltale` is run, not where it is spoken of: in code or quotes, at the start of a line, after `npx` or `&&`. */
function unknownCommands(text: string): readonly string[] {
  const known: readonly string[] = telltaleCommands;
  const run = text.matchAll(/(?:^|["'`(]|\bnpx |[;&|] *)telltale ([a-z][\w-]*)/gm);
  return unique([...run].map(([, command = '']) => command))
    .filter((command) => !known.includes(command))
    .map((command) => `runs "telltale ${command}", which does not exist: commands are ${known.join(', ')}`);
}

function jaegerIn(text: string): readonly string[] {
  const used = text.matchAll(new RegExp(`\\bJAEGER_URL\\b|:${tracingPorts.jaeger}\\b`, 'g'));
  return unique([...used].map(([name]) => name)).map((name) => `names Jaeger ("${name}"), though nothing traces`);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
