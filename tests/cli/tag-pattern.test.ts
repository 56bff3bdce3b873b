import { expect, test } from 'vitest';
import { readTag } from '../../src/cli/context/tag-pattern.ts';

test.each<[string, string | null, string | null, string]>([
  ['v1.2.3', null, null, '1.2.3'],
  ['1.2.3-rc.1', null, null, '1.2.3-rc.1'],
  ['v1.2.3-rc.1+build-5', null, null, '1.2.3-rc.1+build-5'],
  ['@scope/name@1.2.3', null, '@scope/name', '1.2.3'],
  ['name@v1.2.3-rc.1', null, 'name', '1.2.3-rc.1'],
  ['crate-v1.2.3', null, 'crate', '1.2.3'],
  ['my-crate-v1.2.3-beta.2', null, 'my-crate', '1.2.3-beta.2'],
  ['chart-1.2.3', null, 'chart', '1.2.3'],
  ['services/foo/v1.2.3', null, 'services/foo', '1.2.3'],
  ['services/foo/v1.2.3', 'services/{component}/v{version}', 'foo', '1.2.3'],
  ['release-1.2.3', 'release-{version}', null, '1.2.3'],
  // Words that say what a tag is name nothing; whoever means them says so by a pattern.
  ...['release-', 'release/v', 'Release-v', 'releases/', 'rel-', 'version-', 'ver-', 'v-', 'tag-', 'hotfix/'].map(
    (word): [string, null, null, string] => [`${word}1.2.3-rc.1`, null, null, '1.2.3-rc.1'],
  ),
  ['release-1.2.3', '{component}-{version}', 'release', '1.2.3'],
  ['release-notes-1.2.3', null, 'release-notes', '1.2.3'],
  ['k8s-1.29-v1.2.3', null, 'k8s-1.29', '1.2.3'],
  ['mysql-8.0-1.2.3', null, 'mysql-8.0', '1.2.3'],
  ['sdk/azcore/v1.2.3-beta.1', null, 'sdk/azcore', '1.2.3-beta.1'],
  ['v1.2.3+build.5', null, null, '1.2.3+build.5'],
  ['1.2.3/api', '{version}/{component}', 'api', '1.2.3'],
  ['release/1.2.3@api/prod', 'release/{version}@{component}/prod', 'api', '1.2.3'],
  ['api1.2.3', '{component}{version}', 'api', '1.2.3'],
  ['a.b+c-v1.2.3', '{component}-v{version}', 'a.b+c', '1.2.3'],
])('%s by %s: %s in %s', (tag, pattern, component, version) => {
  expect(readTag(tag, pattern)).toEqual({ component, version });
});

test.each<[string, string | null, RegExp]>([
  ['main', null, /^is not a tag of the form/],
  ['v1.2', null, /^is not a tag of the form/],
  ['name@1.2', null, /^is not a tag of the form/],
  ['foo-1.2.3-4.5.6', null, /^can be read as foo in 1\.2\.3-4\.5\.6 or as foo-1\.2\.3 in 4\.5\.6/],
  ['foo-1.2.3-4.5.6', '{component}-{version}', /^can be read as/],
  [
    '1.0.0-auth-service',
    '{version}-{component}',
    /^can be read as auth-service in 1\.0\.0 or as service in 1\.0\.0-auth/,
  ],
  ['api11.2.3', '{component}{version}', /^can be read as api in 11\.2\.3 or as api1 in 1\.2\.3/],
  ['1.2.3', '{version}{component}', /^is not a tag of the form/],
  ['ab', 'ab{version}b', /^is not a tag of the form/],
  ['1.2.3-1.2.3', '{version}-{version}', /^is not a tag of the form/],
  ['foo@1.2.3', '{component}-v{version}', /^is not a tag of the form \{component\}-v\{version\}/],
  ['foo@1.2.3', 'foo', /^is not a tag of the form foo/],
])('%s by %s is refused', (tag, pattern, words) => {
  expect(readTag(tag, pattern)).toEqual({ fault: expect.stringMatching(words) });
});

test('by PEP 440', () => {
  expect(readTag('scoring-1.2.0rc1', null, 'pep440')).toEqual({ component: 'scoring', version: '1.2.0-rc.1' });
});
