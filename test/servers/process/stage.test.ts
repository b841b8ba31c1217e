import { describe, expect, it } from 'vitest';
import { createStage } from '../../../servers/process/stage.ts';

describe('createStage()', () => {
  it('stops in reverse order, once', async () => {
    const stage = createStage();
    const stopped: string[] = [];
    for (const name of ['first', 'second']) {
      await stage.use(Promise.resolve({ name, stop: async () => void stopped.push(name) }));
    }
    await stage.close();
    await stage.close();
    expect(stopped).toEqual(['second', 'first']);
  });

  it('stops the rest when one fails, and reports every failure', async () => {
    const stage = createStage();
    const stopped: string[] = [];
    stage.onClose('first', () => void stopped.push('first'));
    stage.onClose('second', () => Promise.reject(new Error('stuck')));
    stage.onClose('third', () => {
      throw new Error('lost');
    });
    await expect(stage.close()).rejects.toThrow('Cannot stop third (lost), second (stuck)');
    expect(stopped).toEqual(['first']);
  });

  it('does not remember what did not start', async () => {
    const stage = createStage();
    await expect(stage.use(Promise.reject(new Error('no start')))).rejects.toThrow('no start');
    await stage.close();
  });
});
