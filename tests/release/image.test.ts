import { describe, expect, test } from 'vitest';
import { parseImage, shortDigest } from '../../src/release/item/image.ts';

const SHA = `sha256:${'0123456789abcdef'.repeat(4)}`;

// The first rows are the test table of distribution/reference, the grammar's home.
describe('an image reference', () => {
  test.each<[string, [repository: string, shortName: string, tag: string | null, digest: string | null] | null]>([
    ['test_com', ['test_com', 'test_com', null, null]],
    ['test.com:tag', ['test.com', 'test.com', 'tag', null]],
    ['test.com:5000', ['test.com', 'test.com', '5000', null]],
    ['test.com/repo:tag', ['test.com/repo', 'repo', 'tag', null]],
    ['test.com:5000/repo', ['test.com:5000/repo', 'repo', null, null]],
    ['test.com:5000/repo:tag', ['test.com:5000/repo', 'repo', 'tag', null]],
    [`test:5000/repo@${SHA}`, ['test:5000/repo', 'repo', null, SHA]],
    [`test:5000/repo:tag@${SHA}`, ['test:5000/repo', 'repo', 'tag', SHA]],
    ['', null],
    [':justtag', null],
    [`@${SHA}`, null],
    ['repo@sha256:ffff', null],
    ['validname@invaliddigest:aaaa', null],
    ['Uppercase:tag', null],
    ['test:5000/Uppercase/lowercase:tag', null],
    ['lowercase:Uppercase', ['lowercase', 'lowercase', 'Uppercase', null]],
    [`${'a/'.repeat(128)}a:tag`, null],
    [`${'a/'.repeat(127)}a:tag`, [`${'a/'.repeat(127)}a`, 'a', 'tag', null]],
    ['aa/asdf$$^/aa', null],
    ['sub-dom1.foo.com/bar/baz/quux', ['sub-dom1.foo.com/bar/baz/quux', 'quux', null, null]],
    ['sub-dom1.foo.com/bar/baz/quux:some-long-tag', ['sub-dom1.foo.com/bar/baz/quux', 'quux', 'some-long-tag', null]],
    [
      'b.gcr.io/test.example.com/my-app:test.example.com',
      ['b.gcr.io/test.example.com/my-app', 'my-app', 'test.example.com', null],
    ],
    ['xn--n3h.com/myimage:xn--n3h.com', ['xn--n3h.com/myimage', 'myimage', 'xn--n3h.com', null]],
    ['foo_bar.com:8080', ['foo_bar.com', 'foo_bar.com', '8080', null]],
    ['foo/foo_bar.com:8080', ['foo/foo_bar.com', 'foo_bar.com', '8080', null]],
    ['-test.com/repo', null],
    ['test-.com/repo', null],
    ['[2001:db8::1]:5000/repo:tag', ['[2001:db8::1]:5000/repo', 'repo', 'tag', null]],
    ['ghcr.io/acme/api:1.4.0', ['ghcr.io/acme/api', 'api', '1.4.0', null]],
    ['localhost:5000/api', ['localhost:5000/api', 'api', null, null]],
    ['ghcr.io/acme/api:', null],
    ['ghcr.io/acme/api:1.4.0+build', null],
    [' ghcr.io/acme/api:1.4.0\n', ['ghcr.io/acme/api', 'api', '1.4.0', null]],
    ['ghcr.io/acme/api: 1.4.0', null],
    // What Kubernetes and registries' tools write before a reference.
    ['docker://ghcr.io/acme/api:1.4.0', ['ghcr.io/acme/api', 'api', '1.4.0', null]],
    [`docker-pullable://acme/api@${SHA}`, ['acme/api', 'api', null, SHA]],
    ['oci://ghcr.io/acme/charts/api:0.9.0', ['ghcr.io/acme/charts/api', 'api', '0.9.0', null]],
    ['oci://', null],
    ['docker://oci://acme/api:1.4.0', null],
    ['docker://https://ghcr.io/acme/api', null],
    ['https://ghcr.io/acme/api', null],
    ['a'.repeat(100_000), null],
  ])('%s', (text, expected) => {
    const [repository, shortName, tag, digest] = expected ?? [];
    expect(parseImage(text)).toEqual(expected === null ? null : { repository, shortName, tag, digest });
  });
});

test('a digest is shortened to what one can recognise', () => {
  expect(shortDigest(SHA)).toBe('sha256:0123456789ab');
});
