import { describe, expect, it } from 'vitest';
import { commonHost, readLink } from '../../../src/dashboard/elements/safe-link.ts';

describe('readLink', () => {
  it.each<[string, { href: string; host: string } | { refused: string }]>([
    ['https://github.com/acme/api', { href: 'https://github.com/acme/api', host: 'github.com' }],
    ['HTTPS://GitHub.com/acme', { href: 'https://github.com/acme', host: 'github.com' }],
    ['https://ci.example:8443/run?id=1#log', { href: 'https://ci.example:8443/run?id=1#log', host: 'ci.example:8443' }],
    // The port that https has anyway says nothing.
    ['https://ci.example:443/', { href: 'https://ci.example/', host: 'ci.example' }],
    // The address as the browser opens it: look-alikes show themselves.
    ['https://gіthub.com/acme', { href: 'https://xn--gthub-n2e.com/acme', host: 'xn--gthub-n2e.com' }],
    ['https://xn--gthub-n2e.com/', { href: 'https://xn--gthub-n2e.com/', host: 'xn--gthub-n2e.com' }],
    ['https://[::1]/', { href: 'https://[::1]/', host: '[::1]' }],
    ['https://0x7f000001/', { href: 'https://127.0.0.1/', host: '127.0.0.1' }],
    ['https://example.com/a@b', { href: 'https://example.com/a@b', host: 'example.com' }],
    ['https://example.com/ü', { href: 'https://example.com/%C3%BC', host: 'example.com' }],
    ['https://user:pass@example.com/', { refused: 'user-info' }],
    ['https://github.com@evil.example/', { refused: 'user-info' }],
    ['https://@evil.example/', { refused: 'user-info' }],
    ['https://:@evil.example/', { refused: 'user-info' }],
    ['http://example.com/', { refused: 'not-https' }],
    ['http://127.0.0.1:5179/', { refused: 'not-https' }],
    ['javascript:alert(1)', { refused: 'not-https' }],
    ['JaVaScRiPt:alert(1)', { refused: 'not-https' }],
    ['javascript://example.com/%0aalert(1)', { refused: 'not-https' }],
    ['data:text/html,<script>alert(1)</script>', { refused: 'not-https' }],
    ['vbscript:msgbox(1)', { refused: 'not-https' }],
    ['file:///etc/passwd', { refused: 'not-https' }],
    ['vscode://file/etc/passwd', { refused: 'not-https' }],
    ['ms-word:ofe|u|https://evil.example/', { refused: 'not-https' }],
    ['blob:https://example.com/1', { refused: 'not-https' }],
    ['view-source:https://example.com/', { refused: 'not-https' }],
    ['ftp://example.com/', { refused: 'not-https' }],
    ['mailto:a@example.com', { refused: 'not-https' }],
    ['//evil.example/', { refused: 'not-https' }],
    ['/__release-matrix/credentials', { refused: 'not-https' }],
    ['./x', { refused: 'not-https' }],
    ['#x', { refused: 'not-https' }],
    ['?x', { refused: 'not-https' }],
    ['', { refused: 'not-https' }],
    ['example.com', { refused: 'not-https' }],
    // A browser opens these two as well; whoever writes so means to be misread.
    ['https:example.com', { refused: 'not-https' }],
    ['https:/example.com', { refused: 'not-https' }],
    ['\\\\evil.example\\share', { refused: 'hidden-characters' }],
    ['https:\\\\evil.example', { refused: 'hidden-characters' }],
    ['https://github.com\\@evil.example/', { refused: 'hidden-characters' }],
    ['\u0000javascript:alert(1)', { refused: 'hidden-characters' }],
    ['java\tscript:alert(1)', { refused: 'hidden-characters' }],
    [' https://example.com/', { refused: 'hidden-characters' }],
    ['https://exam\nple.com/', { refused: 'hidden-characters' }],
    ['https://example.com/\u202egpj.exe', { refused: 'hidden-characters' }],
    ['https://exam\u200bple.com/', { refused: 'hidden-characters' }],
    ['https://example.com/\ud800', { refused: 'hidden-characters' }],
    ['https://', { refused: 'unreadable' }],
    ['https://exa<mple.com/', { refused: 'unreadable' }],
    ['https://example.com:99999/', { refused: 'unreadable' }],
    [`https://example.com/${'a'.repeat(9000)}`, { refused: 'too-long' }],
  ])('%j', (address, reading) => {
    expect(readLink(address)).toEqual(reading);
  });
});

describe('commonHost', () => {
  it.each<[string[], string | null]>([
    [[], null],
    [['http://github.com/a', 'https://github.com@evil.example/'], null],
    [['https://github.com/a', 'https://GitHub.com/b', 'https://evil.example/github.com'], 'github.com'],
    [['https://b.example/', 'https://a.example/', 'https://a.example:8443/'], 'b.example'],
    [['https://gіthub.com/a', 'https://gіthub.com/b', 'https://github.com/'], 'xn--gthub-n2e.com'],
  ])('%j: %j', (addresses, host) => {
    expect(commonHost(addresses)).toBe(host);
  });
});
