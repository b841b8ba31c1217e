import { describe, expect, it } from 'vitest';
import { teamLabel } from '../../src/alerts/team-label.ts';
import { toModel } from '../../src/config/to-model.ts';

const services = (...teams: readonly string[]) =>
  teams.map((team, index) => ({ name: `s${index}`, url: 'http://s', team }));

describe('teamLabel()', () => {
  it('is a plain name where the platform owns everything', () => {
    expect(teamLabel(toModel({ services: services('platform', 'platform') }))).toBe('platform');
  });

  it("tells by the alert's own service, one case per team", () => {
    expect(teamLabel(toModel({ services: services('a', 'b', 'a'), identity: { service: 'app' } }))).toBe(
      '{{ if eq $labels.app "s0" "s2" }}a{{ else if eq $labels.app "s1" }}b{{ else }}platform{{ end }}',
    );
  });

  it('escapes a hostile name', () => {
    expect(teamLabel(toModel({ services: services('a{{b') }))).toBe(
      '{{ if eq $labels.service "s0" }}a{{ "{" }}{{ "{" }}b{{ else }}platform{{ end }}',
    );
  });
});
