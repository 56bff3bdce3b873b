/**
 * Versions of Python packages (PEP 440) as SemVer, so that `1.2.0rc1` sorts among the releases as `1.2.0-rc.1`.
 * Source: the grammar and the normalisation of https://packaging.python.org/en/latest/specifications/version-specifiers/
 */
const PEP_440 =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:([-_.]?dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i;

const STAGE_OF = {
  a: 'alpha',
  alpha: 'alpha',
  b: 'beta',
  beta: 'beta',
  c: 'rc',
  rc: 'rc',
  pre: 'rc',
  preview: 'rc',
} as const;

export type Pep440Reading = { readonly version: string } | { readonly fault: string };

/**
 * Maps a PEP 440 version. `aN`, `bN`, `rcN` become `-alpha.N`, `-beta.N`, `-rc.N`; `.devN` becomes `-dev.N`; `.postN`
 * and a local version become build metadata, as SemVer has nothing that follows a release.
 *
 * @returns SemVer without `v`, or why there is none
 */
export function semverOfPep440(text: string): Pep440Reading {
  const match = PEP_440.exec(text.trim());
  if (match === null) return { fault: 'is not a PEP 440 version, such as 1.2.0rc1' };
  const [, epoch, release = '', stage, stageNumber, postDash, postWord, dev, devNumber, local] = match;
  if (epoch !== undefined && Number(epoch) !== 0) return { fault: 'has an epoch, which SemVer cannot say' };
  const numbers = release.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  if (numbers.length > 3 && numbers.slice(3).some((part) => part !== '0')) {
    return { fault: 'has more than three numbers, which SemVer cannot say' };
  }
  const known = stage === undefined ? null : STAGE_OF[stage.toLowerCase() as keyof typeof STAGE_OF];
  if (dev !== undefined && (known !== null || postDash !== undefined || postWord !== undefined)) {
    return { fault: 'is a development version of a pre- or post-release, which SemVer would sort on the wrong side' };
  }
  const pre = known !== null ? `-${known}.${whole(stageNumber)}` : dev === undefined ? '' : `-dev.${whole(devNumber)}`;
  const post = postDash ?? postWord;
  const build = [
    ...(post === undefined ? [] : [`post.${whole(post)}`]),
    ...(local === undefined ? [] : [local.toLowerCase().replace(/[-_]/g, '.')]),
  ].join('.');
  const [major = '0', minor = '0', patch = '0'] = numbers;
  return { version: `${major}.${minor}.${patch}${pre}${build === '' ? '' : `+${build}`}` };
}

/** An absent number is 0: `1.0a` is `1.0a0`. */
function whole(digits: string | undefined): string {
  return (digits ?? '').replace(/^0+(?=\d)/, '') || '0';
}
