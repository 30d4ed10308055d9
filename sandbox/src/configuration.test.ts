import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfiguration, SandboxConfigurationError } from './configuration.ts';

describe('the settings of the sandbox', () => {
  it('have defaults beside the web tier', () => {
    const { proxyPort, controlPort, issueCount } = readConfiguration({});
    assert.deepEqual([proxyPort, controlPort, issueCount], [8444, 8445, 2000]);
    assert.equal(readConfiguration({ SALLYPORT_PORT: '9000' }).proxyPort, 9001);
    const free = readConfiguration({ SALLYPORT_SANDBOX_PORT: '0' });
    assert.deepEqual([free.proxyPort, free.controlPort], [0, 0]);
  });

  it('are refused by name when they are no numbers', () => {
    for (const name of ['SALLYPORT_SANDBOX_PORT', 'SALLYPORT_SANDBOX_ISSUES', 'SALLYPORT_SANDBOX_SEED']) {
      assert.throws(
        () => readConfiguration({ [name]: '-1' }),
        (error) => error instanceof SandboxConfigurationError && error.message.includes(name),
      );
    }
  });
});
