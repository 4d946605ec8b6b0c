import { describe, expect, test } from 'vitest';
import { rememberForms, Secrets } from '../../src/transport/secrets.ts';

const key = `K/+"\\ü~'9<&>${'x'.repeat(4)}`;

function secretsOf(...keys: string[]): Secrets {
  const secrets = new Secrets();
  for (const each of keys) secrets.addHeaders({ authorization: `Bearer ${each}` });
  return secrets;
}

describe('A key is hidden', () => {
  test.for<[string, (text: string) => string]>([
    ['as it is', (text) => text],
    ['percent-encoded', encodeURIComponent],
    [
      'percent-encoded in lower case',
      (text) => encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase()),
    ],
    ['as a form writes it', (text) => new URLSearchParams({ text }).toString().slice('text='.length)],
    ['escaped as JSON', (text) => JSON.stringify(text).slice(1, -1)],
    ['escaped as PHP does', (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
    [
      'escaped as Go does',
      (text) =>
        JSON.stringify(text)
          .slice(1, -1)
          .replaceAll('<', '\\u003c')
          .replaceAll('>', '\\u003e')
          .replaceAll('&', '\\u0026'),
    ],
    ['escaped as .NET does', () => `K/\\u002B\\u0022\\\\ü~\\u00279\\u003C\\u0026\\u003Exxxx`],
    ['escaped for a page', () => `K/+&quot;\\ü~&#x27;9&lt;&amp;&gt;xxxx`],
    ['in lower case, as fetch gives the name of a header', (text) => text.toLowerCase()],
    ['in base64', (text) => Buffer.from(text, 'latin1').toString('base64')],
    ['in base64url', (text) => Buffer.from(text, 'latin1').toString('base64url')],
    [
      'behind its scheme, all in base64',
      (text) => Buffer.from(`Bearer ${text}`, 'latin1').toString('base64'),
    ],
  ])('%s', ([, write]) => {
    const shown = secretsOf(key).hide(`before ${write(key)} after, and ${write(key)}`);
    expect(shown).not.toContain(write(key).replace(/=+$/, ''));
    expect(shown).toMatch(/^before .*\[secret\].* after, and .*\[secret\]/);
  });

  test('where a server cuts what it sends back, from 32 characters on', () => {
    const long = 'abcdefghij'.repeat(20);
    expect(secretsOf(long).hide(`you sent ${long.slice(0, 90)}… here`)).toBe('you sent [secret]… here');
    expect(secretsOf(long).hide(`${'.'.repeat(99)}${long}${long}!`)).toBe(
      `${'.'.repeat(99)}[secret][secret]!`,
    );
  });

  test('also one that was used in an earlier attempt', () => {
    expect(secretsOf('first-key', 'second-key').hide('first-key, second-key')).toBe('[secret], [secret]');
  });

  test.for(['a', 'any', 'seven77'])('of few characters, %s, where it stands alone', (short) => {
    const secrets = secretsOf(short);
    expect(secrets.hide(`you sent "${short}".`)).toBe('you sent "[secret]".');
    expect(secrets.hide(short)).toBe('[secret]');
    expect(secrets.hide(`m${short}y x${short}`)).toBe(`m${short}y x${short}`);
  });
});

describe('Other headers', () => {
  test('are hidden in whole and in parts, but not in words of few characters', () => {
    const secrets = new Secrets();
    secrets.addHeaders({
      cookie: 'a=1; session=0123456789',
      'x-key': 'Token 9876543210',
      'x-source': 'nightly',
    });
    expect(secrets.hide('nightly 0123456789 9876543210 1')).toBe('nightly [secret] [secret] 1');
  });

  test('that are empty hide nothing', () => {
    const secrets = new Secrets();
    secrets.addHeaders({ authorization: '', 'x-empty': '' });
    expect(secrets.hide('as it was')).toBe('as it was');
    expect(secrets.hideAndClip('as it was', 5)).toBe('as i…');
  });

  test('that only say what is wanted are not', () => {
    const secrets = new Secrets();
    secrets.addHeaders({ accept: 'application/json', 'content-type': 'application/json' });
    expect(secrets.hide('no application/json')).toBe('no application/json');
  });
});

describe('The start of a text', () => {
  const secrets = secretsOf('0123456789');

  test('is cut and marked', () => {
    expect(secrets.hideAndClip('x'.repeat(200), 200)).toBe('x'.repeat(200));
    expect(secrets.hideAndClip('x'.repeat(300), 200)).toBe(`${'x'.repeat(199)}…`);
  });

  test('has no part of a key at its end, wherever the cut is', () => {
    for (let before = 0; before < 60; before += 1) {
      for (const many of [1, 3, 40]) {
        const shown = secrets.hideAndClip(
          '.'.repeat(before) + '0123456789'.repeat(many) + '!'.repeat(50),
          20,
        );
        expect(shown).not.toMatch(/\d/);
        expect(shown.length).toBeLessThanOrEqual(20);
      }
    }
  });
});

// Each would take hours if the cost grew with the length of the key times that of the text.
describe('The cost does not grow with a key', { timeout: 20_000 }, () => {
  const long = 100_000;
  test.for<[string, string, string]>([
    ['all its characters the same, but the first', `b${'a'.repeat(long)}`, 'a'],
    ['all its characters the same, but the last', `${'a'.repeat(long)}b`, 'a'],
    ['one in the middle another', `${'a'.repeat(long / 2)}b${'a'.repeat(long / 2)}`, 'a'],
    ['nothing but backslashes', '\\'.repeat(long), '\\'],
    ['nothing but percent signs', '%'.repeat(long), '%25'],
  ])('%s', ([, hostile, piece]) => {
    const text = piece.repeat(9_000_000 / piece.length);
    expect(secretsOf(hostile).hide(text).length).toBeLessThanOrEqual(text.length);
    expect(secretsOf(hostile).hide(hostile)).toBe('[secret]');
  });
});

test('The forms of a secret are made once, and forgotten when there have been many others', () => {
  const formsOf = rememberForms();
  const first = formsOf('first-key');
  expect(first).toContain('first-key');
  expect(formsOf('first-key')).toBe(first);
  for (let other = 1; other < 20; other += 1) formsOf(`other-key-${other}`);
  expect(formsOf('first-key')).toBe(first);
  for (let other = 20; other < 40; other += 1) formsOf(`other-key-${other}`);
  expect(formsOf('first-key')).toEqual(first);
  expect(formsOf('other-key-39')).not.toBe(first);
  expect(formsOf('first-key')).not.toBe(first);
});
