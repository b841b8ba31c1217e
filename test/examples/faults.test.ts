import { Pool } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { allFaults } from '../../examples/faults/all-faults.ts';
import { createSeams } from '../../examples/faults/create-seams.ts';
import { turnOnFromText } from '../../examples/faults/from-environment.ts';
import { createSwitchboard, type Switchboard } from '../../examples/faults/switchboard.ts';
import type { FaultTarget } from '../../examples/faults/fault.ts';
import { defaultAlertKnobs } from '../../src/objectives/alert-knobs.ts';

const dashboards = [
  'telltale-api',
  'telltale-database',
  'telltale-business',
  'telltale-infrastructure',
  'telltale-errors',
];

/** What no switch can do: stop a datastore, fill a disk, let a backup go stale. */
const provokedFromOutside = ['BackupStale', 'DiskSpaceLow'];

let switchboard: Switchboard | undefined;

afterEach(() => switchboard?.turnAllOff());

function createTarget(): FaultTarget {
  return { seams: createSeams(), pool: new Pool() };
}

function start(service: 'api' | 'payments', target: FaultTarget = createTarget()): Switchboard {
  switchboard = createSwitchboard(service, target);
  return switchboard;
}

describe('allFaults', () => {
  it('have names of their own', () => {
    expect(new Set(allFaults.map(({ name }) => name)).size).toBe(allFaults.length);
  });

  it('name alerts that exist', () => {
    expect(Object.keys(defaultAlertKnobs)).toEqual(expect.arrayContaining(allFaults.flatMap(({ alerts }) => alerts)));
  });

  it('provoke every alert that a fault of the service can provoke', () => {
    const provoked = new Set([...allFaults.flatMap(({ alerts }) => alerts), ...provokedFromOutside]);
    expect(Object.keys(defaultAlertKnobs).filter((alert) => !provoked.has(alert))).toEqual([]);
  });

  it('can be seen on dashboards that exist', () => {
    for (const { shows } of allFaults) {
      expect(dashboards).toEqual(expect.arrayContaining(Object.keys(shows)));
      expect(Object.keys(shows)).not.toEqual([]);
    }
  });
});

describe('createSwitchboard()', () => {
  it('lists the faults of its service only', () => {
    const names = start('payments')
      .list()
      .map(({ name }) => name);
    expect(names).toContain('payments-failing');
    expect(names).not.toContain('queue-stuck');
  });

  it('turns a fault on and off', async () => {
    const target = createTarget();
    const faults = start('payments', target);
    faults.turnOn('payments-failing');
    await expect(target.seams.charge.run()).rejects.toThrow('the card network does not answer');
    faults.turnOff('payments-failing');
    await expect(target.seams.charge.run()).resolves.toBeUndefined();
  });

  it('starts a fault anew with other parameters', async () => {
    const target = createTarget();
    const faults = start('payments', target);
    faults.turnOn('payments-failing');
    faults.turnOn('payments-failing', { share: 0 });
    await expect(target.seams.charge.run()).resolves.toBeUndefined();
    expect(faults.list().find(({ name }) => name === 'payments-failing')).toMatchObject({
      on: true,
      parameters: { share: 0 },
    });
  });

  it('refuses unknown faults and parameters', () => {
    const faults = start('api');
    expect(() => faults.turnOn('eror')).toThrow('Cannot find fault "eror" of api: known are errors, slow-handler');
    expect(() => faults.turnOn('errors', { shares: 1 })).toThrow(
      'Cannot start "errors" with parameter "shares": known are share',
    );
    expect(() => faults.turnOn('errors', { share: -1 })).toThrow('share must be a number from 0 up: it is -1');
  });
});

describe('turnOnFromText()', () => {
  it('reads names and parameters', () => {
    const faults = start('api');
    turnOnFromText(faults, 'errors:share=0.2,slow-handler:millis=900:share=0.5');
    const on = faults.list().filter((fault) => fault.on);
    expect(on.map(({ name, parameters }) => ({ name, parameters }))).toEqual([
      { name: 'errors', parameters: { share: 0.2 } },
      { name: 'slow-handler', parameters: { millis: 900, share: 0.5 } },
    ]);
  });

  it('turns nothing on for an empty text', () => {
    const faults = start('api');
    turnOnFromText(faults, '');
    expect(faults.list().filter((fault) => fault.on)).toEqual([]);
  });
});
