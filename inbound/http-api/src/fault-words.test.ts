import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idParameters, issueQuery, newConnection, proposeRollout } from '@sallyport/console-api';
import { z } from 'zod';
import { shownFault } from './fault-words.ts';

/** Path and words of every fault, as a request's sender reads them. */
function faults(schema: z.ZodType, value: unknown): Record<string, string> {
  const { error } = schema.safeParse(value);
  assert.ok(error, 'the schema must refuse it');
  return Object.fromEntries(
    error.issues.map(({ path, code, message, ...params }) => {
      const fault = shownFault({
        instancePath: `/${path.join('/')}`,
        keyword: code,
        message,
        params: params as Record<string, unknown>,
      });
      return [fault.path, fault.message];
    }),
  );
}

describe('the words for faults of a request', () => {
  it('say what is needed', () => {
    assert.deepEqual(faults(newConnection, {}), {
      customer: 'Give the id of a customer, or a name.',
      baseUrl: 'This is needed.',
      authentication: 'This is needed.',
      projectKeys: 'This is needed.',
      contacts: 'This is needed.',
    });
  });

  it('say what a value must be, without the words of the schema library', () => {
    const wrong = faults(newConnection, {
      customer: { name: '' },
      name: 'x'.repeat(201),
      baseUrl: 5,
      authentication: { kind: 'other' },
      clientCertificate: { required: false, reason: 'short' },
      projectKeys: 'ABC',
      contacts: { owner: 1, technical: 2 },
      tlsPolicy: 'tls10',
      allowPrivate: 'yes',
      surprise: true,
    });
    assert.equal(wrong['customer.name'], 'This must not be empty.');
    assert.equal(wrong.name, 'This must have at most 200 characters.');
    assert.equal(wrong.baseUrl, 'This must be a text.');
    assert.equal(wrong['authentication.kind'], "This must be 'pat' or 'basic'.");
    assert.equal(wrong['clientCertificate.reason'], 'This must have at least 10 characters.');
    assert.equal(wrong.projectKeys, 'This must be a list.');
    assert.equal(wrong['contacts.owner'], 'This must be an object.');
    assert.equal(wrong.tlsPolicy, "This must be 'tls12-six', 'tls12-four' or 'tls13'.");
    assert.equal(wrong.allowPrivate, 'This must be true or false.');
    assert.equal(wrong[''], "Nobody knows 'surprise' here.");
    for (const words of Object.values(wrong)) assert.doesNotMatch(words, /invalid|expected|received|zod|UUID/i);
  });

  it('speak of numbers and ids too', () => {
    assert.deepEqual(faults(issueQuery, { limit: '1000' }), { limit: 'This must be at most 200.' });
    assert.deepEqual(faults(proposeRollout.shape.cohorts, [{ percent: 0 }]), {
      '0.percent': 'This must be more than 0.',
    });
    assert.deepEqual(faults(z.object({ share: z.number().lt(1) }), { share: 1 }), {
      share: 'This must be less than 1.',
    });
    assert.deepEqual(faults(issueQuery, { limit: 'many' }), { limit: 'This must be a number.' });
    assert.deepEqual(faults(idParameters, { id: 'x' }), { id: 'This must be an id (a UUID).' });
  });
});
