import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forbiddenAddress } from './forbidden-address.ts';

/** As a base URL's parser gives it. */
const hostOf = (url: string): string => new URL(url).hostname;

describe('addresses of base URLs', () => {
  for (const host of ['jira.example.org', '8.8.8.8', '[2a00:1450::1]', 'localhost.example.org']) {
    it(`lets ${host} be tried`, () => assert.equal(forbiddenAddress(host, false), null));
  }

  for (const url of [
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://017700000001/',
    'https://2130706433/',
    'https://10.1.2.3/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://100.64.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fc00::1]/',
    'https://localhost/',
    'https://jira.localhost/',
    'https://jira.internal/',
  ]) {
    it(`refuses ${url} unless private addresses are allowed`, () => {
      assert.match(forbiddenAddress(hostOf(url), false) ?? '', /not dialled|private/);
      assert.equal(forbiddenAddress(hostOf(url), true), null);
    });
  }

  for (const url of [
    'https://169.254.1.1/',
    'https://169.254.169.254/',
    'https://[::ffff:169.254.169.254]/',
    'https://[fd00:ec2::254]/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[ff02::1]/',
  ]) {
    it(`refuses ${url} always`, () => assert.notEqual(forbiddenAddress(hostOf(url), true), null));
  }
});
