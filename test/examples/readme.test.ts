import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allFaults } from '../../examples/faults/all-faults.ts';
import type { Fault } from '../../examples/faults/fault.ts';

const readme = readFileSync(new URL('../../examples/README.md', import.meta.url), 'utf8');

function rowOf({ name, services, does, parameters, alerts }: Fault): string {
  const defaults = Object.entries(parameters).map(([parameter, value]) => `\`${parameter}\` ${value}`);
  return `| \`${name}\` | ${services.join(', ')} | ${does} | ${defaults.join(', ')} | ${alerts.join(', ')} |`;
}

/** Prettier pads the columns of a table. */
function withoutPadding(text: string): string {
  return text.replaceAll(/ +/g, ' ');
}

describe('README.md of the example', () => {
  it.each(allFaults)('describes the fault $name as it is', (fault) => {
    expect(withoutPadding(readme)).toContain(withoutPadding(rowOf(fault)));
  });

  it('names the variables that the services read', () => {
    const settings = readFileSync(new URL('../../examples/service/settings.ts', import.meta.url), 'utf8');
    const variables = [...settings.matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(([, name]) => name);
    expect(variables.filter((name) => !readme.includes(`| \`${name}\``))).toEqual([]);
  });
});
