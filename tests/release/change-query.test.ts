import { describe, expect, test } from 'vitest';
import { readChangeQuery } from '../../src/release/history/change-query.ts';

const SHA = '9f3c2ab7d1e04f5566778899aabbccddeeff0011';
const HEX = 'a1'.repeat(32);
const commit = { kind: 'commit', hex: SHA };
const short = { kind: 'commit', hex: '9f3c2ab' };
const digest = { kind: 'digest', hex: HEX };
const ticket = { kind: 'ticket', ref: 'PAY-812' };
const request = (ref: string, repo: string | null = 'acme/orders') => ({ kind: 'request', ref, repo });
const image = (repository: string, tag: string | null) => ({ kind: 'image', repository, tag });
const component = (name: string, version: string) => ({ kind: 'component', name, version });
const tagged = (version: string, repo = 'acme/orders') => ({ kind: 'version', version, repo });

type Form = readonly [text: string, read: unknown];

describe.each<[what: string, forms: readonly Form[]]>([
  [
    'a commit',
    [
      ['9f3c2ab', short],
      [` ${SHA.toUpperCase()} `, commit],
      [`${SHA}\n`, commit],
      ['9f3c2a', null],
      // As `git log` prints it; a box of one line drops the ends of lines.
      [`commit ${SHA}`, commit],
      [`commit ${SHA} (HEAD -> main, tag: v1.6.0)`, commit],
      [`commit ${SHA}Author: Ada <ada@acme.example>`, commit],
      ['9f3c2ab Refuse an empty cart (#12)', short],
      ['v1.6.0-3-g9f3c2ab', short],
      ['orders-v1.6.0-rc.1-12-g9f3c2ab-dirty', short],
      [`https://github.com/acme/orders/commit/${SHA}`, commit],
      [`https://github.com/acme/orders/commit/${SHA}#diff-0a1b`, commit],
      [`https://github.com/acme/orders/commit/${SHA}.patch`, commit],
      [`https://github.com/acme/orders/pull/123/commits/${SHA}`, commit],
      ['https://github.com/acme/orders/tree/9f3c2ab', short],
      [`https://github.com/acme/orders/blob/${SHA}/src/cart.ts#L7`, commit],
      [`https://gitlab.com/acme/shop/orders/-/commit/${SHA}?view=parallel`, commit],
      [`https://bitbucket.org/acme/orders/commits/${SHA}`, commit],
      [`https://dev.azure.com/acme/shop/_git/orders/commit/${SHA}?refName=refs%2Fheads%2Fmain`, commit],
    ],
  ],
  [
    'a digest',
    [
      [`sha256:${HEX}`, digest],
      [`ghcr.io/acme/order-service@sha256:${HEX}`, digest],
      [`pkg:oci/order-service@sha256%3A${HEX}?repository_url=ghcr.io/acme/order-service`, digest],
      [`pkg:oci/order-service@sha256:${HEX}`, digest],
      [
        `ghcr.io/acme/order-service:1.6.0@sha256:${HEX}`,
        { ...digest, image: image('ghcr.io/acme/order-service', '1.6.0') },
      ],
      [
        `pkg:oci/order-service@sha256%3A${HEX}?repository_url=ghcr.io/acme/order-service&tag=1.6.0`,
        { ...digest, image: image('ghcr.io/acme/order-service', '1.6.0') },
      ],
    ],
  ],
  [
    'an image',
    [
      ['ghcr.io/acme/order-service:1.6.0', image('ghcr.io/acme/order-service', '1.6.0')],
      ['registry.local:5000/x/y:1.2.3', image('registry.local:5000/x/y', '1.2.3')],
      ['registry.local:5000/x/y', image('registry.local:5000/x/y', null)],
      ['ghcr.io/acme/order-service', image('ghcr.io/acme/order-service', null)],
      ['order-service:1.6.0', image('order-service', '1.6.0')],
      ['docker pull ghcr.io/acme/order-service:1.6.0', image('ghcr.io/acme/order-service', '1.6.0')],
      ['docker://ghcr.io/acme/order-service:1.6.0', image('ghcr.io/acme/order-service', '1.6.0')],
      ['pkg:docker/acme/order-service@1.6.0?repository_url=ghcr.io', image('ghcr.io/acme/order-service', '1.6.0')],
      ['pkg:oci/order-service?repository_url=ghcr.io/acme&tag=1.6.0', image('ghcr.io/acme/order-service', '1.6.0')],
      ['order-service', null],
    ],
  ],
  [
    'a pull or merge request',
    [
      ['#123', request('#123', null)],
      ['!45', request('!45', null)],
      ['acme/group/orders#123', request('#123', 'acme/group/orders')],
      ['#0', null],
      ['https://github.com/acme/orders/pull/123', request('#123')],
      ['https://github.com/acme/orders/pull/123/files#diff-0a1b', request('#123')],
      ['https://github.com/acme/orders/pull/123.diff', request('#123')],
      ['https://github.com/acme/orders/issues/12?notification_referrer_id=x', request('#12')],
      ['https://gitlab.com/acme/shop/orders/-/merge_requests/45', request('!45', 'acme/shop/orders')],
      ['https://gitlab.com/acme/orders/-/merge_requests/45/diffs?commit_id=x', request('!45')],
      ['https://bitbucket.org/acme/orders/pull-requests/7/overview', request('#7')],
      ['<https://github.com/acme/orders/pull/123>', request('#123')],
    ],
  ],
  [
    'a ticket',
    [
      ['PAY-812', ticket],
      ['pay-812', { kind: 'ticket', ref: 'pay-812' }],
      ['https://acme.atlassian.net/browse/PAY-812', ticket],
      ['https://acme.atlassian.net/browse/PAY-812?focusedCommentId=7', ticket],
      ['https://acme.atlassian.net/jira/software/projects/PAY/boards/3?selectedIssue=PAY-812', ticket],
      ['https://linear.app/acme/issue/PAY-812/refuse-an-empty-cart', ticket],
    ],
  ],
  [
    'a version',
    [
      ['v1.4.0-rc.1', { kind: 'version', version: 'v1.4.0-rc.1' }],
      ['1.2.0', { kind: 'version', version: '1.2.0' }],
      ['https://github.com/acme/orders/releases/tag/v1.6.0', tagged('v1.6.0')],
      ['https://github.com/acme/orders/tree/v1.6.0', tagged('v1.6.0')],
      ['https://github.com/acme/orders/blob/v1.6.0/README.md', tagged('v1.6.0')],
      ['https://gitlab.com/acme/shop/orders/-/tags/v1.6.0', tagged('v1.6.0', 'acme/shop/orders')],
      ['https://gitlab.com/acme/orders/-/releases/v1.6.0', tagged('v1.6.0')],
      ['https://bitbucket.org/acme/orders/src/v1.6.0/', tagged('v1.6.0')],
      ['https://bitbucket.org/acme/orders/commits/tag/v1.6.0', tagged('v1.6.0')],
      ['pkg:github/acme/orders@v1.6.0', tagged('v1.6.0')],
    ],
  ],
  [
    'a component at a version',
    [
      ['order-service@1.6.0', component('order-service', '1.6.0')],
      ['backend#order-service@v1.6.0-rc.1', component('backend#order-service', 'v1.6.0-rc.1')],
      ['@acme/web-shell@1.2.3', component('@acme/web-shell', '1.2.3')],
      ['pkg:npm/%40acme/web-shell@1.2.3', component('@acme/web-shell', '1.2.3')],
      ['pkg:maven/com.acme/orders@1.2.3?type=jar', component('com.acme/orders', '1.2.3')],
      ['https://github.com/acme/web/releases/tag/%40acme%2Fweb-shell%401.2.3', component('@acme/web-shell', '1.2.3')],
      ['https://github.com/acme/web/releases/tag/@acme/web-shell@1.2.3', component('@acme/web-shell', '1.2.3')],
      ['order-service@', null],
    ],
  ],
  [
    'what stands in quotes',
    [
      ['"PAY-812"', ticket],
      ["'9f3c2ab'", short],
      ['`9f3c2ab`', short],
      ['“#123”', request('#123', null)],
      ['`ghcr.io/acme/order-service:1.6.0`', image('ghcr.io/acme/order-service', '1.6.0')],
      ['"9f3c2ab', null],
    ],
  ],
  [
    'nothing of it',
    [
      ['', null],
      ['""', null],
      ['abc', null],
      ['some words', null],
      ['~1.4 payment', null],
      ['>=1.2 <2', null],
      ['https://github.com/acme/orders', null],
      ['https://github.com/acme/orders/tree/main', null],
      ['https://github.com/acme/orders/commits/main', null],
      ['https://github.com/acme/orders/pull/new', null],
      ['https://acme.example/%E0%A4%A', null],
      ['https://', null],
      ['pkg:npm/web-shell', null],
      ['pkg:', null],
    ],
  ],
])('%s', (_, forms) => {
  test.each(forms)('%j', (text, read) => {
    expect(readChangeQuery(text)).toEqual(read);
  });
});
