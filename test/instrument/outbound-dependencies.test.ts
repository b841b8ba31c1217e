import { describe, expect, it } from 'vitest';
import { dependenciesByHost, dependencyOf } from '../../src/instrument/outbound/dependencies.ts';

const byHost = dependenciesByHost({
  stripe: 'api.stripe.com',
  search: ['search-1:9200', 'Search-2:9200'],
  admin: 'api.stripe.com:8443',
  six: '[::1]:3000',
  secure: 'secure.example.org:443',
});

describe('dependencyOf()', () => {
  it.each([
    ['api.stripe.com', 'https:', 'stripe'],
    ['API.stripe.com:444', 'https:', 'stripe'],
    ['api.stripe.com:8443', 'https:', 'admin'],
    ['search-2:9200', 'http:', 'search'],
    ['search-1', 'http:', 'other'],
    ['secure.example.org', 'https:', 'secure'],
    ['secure.example.org', 'http:', 'other'],
    ['[::1]:3000', 'http:', 'six'],
    ['[::1]', 'http:', 'other'],
    ['evil-api.stripe.com', 'https:', 'other'],
  ])('%s over %s is %s', (authority, protocol, dependency) => {
    expect(dependencyOf(byHost, authority, protocol)).toBe(dependency);
  });
});

describe('dependenciesByHost()', () => {
  it('names every declaration that is wrong', () => {
    expect(() =>
      dependenciesByHost({ stripe: 'https://api.stripe.com', other: 'x', a: 'same.org', b: ['same.org'] }),
    ).toThrow(
      'Cannot watch these dependencies: "https://api.stripe.com" of "stripe" is not a host or host:port; ' +
        'the name "other" is taken by hosts that are not declared; "same.org" belongs to both "a" and "b"',
    );
  });

  it('refuses more dependencies than the label may have', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`d${i}`, `d${i}.org`]));
    expect(() => dependenciesByHost(many)).toThrow('there are more than 49');
  });
});
