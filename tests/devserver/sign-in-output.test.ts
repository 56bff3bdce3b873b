import { describe, expect, test } from 'vitest';
import { readSignInOutput } from '../../src/devserver/credentials/sign-in-output.ts';
import { AUTHORIZATION_CODE, AUTHORIZE, DEVICE_CODE, REMOTE, REMOTE_ADDRESS } from './aws-cli-stub.ts';

const of = (address: string | null, code: string | null = null) => ({ address, code, isForeign: false });
const FOREIGN = { address: null, code: null, isForeign: true };

// Forms of AWS CLI 2: what it prints is in aws-cli-stub.ts.

test.each<[string, string, object]>([
  ['nothing', '', of(null)],
  ['the device flow', DEVICE_CODE, of('https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH', 'ABCD-EFGH')],
  [
    'the device flow, on Windows',
    DEVICE_CODE.replaceAll('\n', '\r\n'),
    of('https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH', 'ABCD-EFGH'),
  ],
  [
    'the device flow of a start page',
    DEVICE_CODE.replaceAll(
      'https://device.sso.eu-west-1.amazonaws.com/',
      'https://d-95675fea1b.awsapps.com/start/#/device',
    ),
    of('https://d-95675fea1b.awsapps.com/start/#/device?user_code=ABCD-EFGH', 'ABCD-EFGH'),
  ],
  [
    'the device flow without an address that holds the code',
    DEVICE_CODE.replace(/\nAlternatively[\s\S]*/, ''),
    of('https://device.sso.eu-west-1.amazonaws.com/', 'ABCD-EFGH'),
  ],
  [
    'an address with another code',
    DEVICE_CODE.replace('user_code=ABCD-EFGH', 'user_code=WXYZ-WXYZ'),
    of('https://device.sso.eu-west-1.amazonaws.com/', 'ABCD-EFGH'),
  ],
  ['the authorization code flow', AUTHORIZATION_CODE, of(AUTHORIZE)],
  ['aws login --remote', REMOTE, of(REMOTE_ADDRESS)],
  ['no more than the words before', DEVICE_CODE.slice(0, DEVICE_CODE.indexOf('https')), of(null)],
  ['an address that has not ended', DEVICE_CODE.slice(0, DEVICE_CODE.indexOf('.amazonaws')), of(null)],
  [
    'a code that has not ended',
    DEVICE_CODE.slice(0, DEVICE_CODE.indexOf('ABCD-EFGH') + 9),
    of('https://device.sso.eu-west-1.amazonaws.com/'),
  ],
  [
    'a code of another form',
    DEVICE_CODE.replaceAll('ABCD-EFGH', 'ABCDEFGH'),
    of('https://device.sso.eu-west-1.amazonaws.com/'),
  ],
  ['a code that nothing announces', 'ABCD-EFGH\n', of(null)],
  [
    'a code in the middle of a line',
    DEVICE_CODE.replace('Then enter', 'Now enter'),
    of('https://device.sso.eu-west-1.amazonaws.com/'),
  ],
  ['an address within a line', 'See https://evil.example/ for more.\n', of(null)],
  ['an address at the end of a line', 'See https://evil.example/\n', of(null)],
  ['words before those that announce a code', 'Do not: Then enter the code:\n\nABCD-EFGH\n', of(null)],
  ['one of AWS and another', `${AUTHORIZATION_CODE}https://evil.example/\n`, FOREIGN],
])('reads %s', (_, text, read) => {
  expect(readSignInOutput(text)).toEqual(read);
});

describe('an address', () => {
  test.each([
    'https://device.sso.eu-central-1.amazonaws.com/',
    'https://device.sso.cn-north-1.amazonaws.com.cn/',
    'https://oidc.us-gov-west-1.amazonaws.com/authorize?x=1',
    'https://oidc.eu-west-1.api.aws/authorize',
    'https://acme.awsapps.com/start/#/device',
    'https://start.us-gov-home.awsapps.com/directory/acme',
    'https://start.home.awsapps.cn/directory/acme',
    'https://ssoins-1234567890abcdef.portal.eu-central-1.app.aws/',
    'https://ssoins-1234567890abcdef.eu-central-1.portal.amazonaws.com/',
    'https://us-east-1.signin.aws.amazon.com/v1/authorize?x',
    'https://us-east-1.signin.amazonaws.com/authorize?x',
    'https://signin.aws.amazon.com/v1/authorize',
    'https://signin.amazonaws.cn/v1/authorize',
    'https://us-gov-west-1.signin.amazonaws-us-gov.com/v1/authorize',
  ])('%s is AWS’', (address) => {
    expect(readSignInOutput(`${address}\n`)).toEqual(of(address));
  });

  test.each([
    'http://device.sso.eu-central-1.amazonaws.com/',
    'https://device.sso.eu-central-1.amazonaws.com:8443/',
    'https://user@device.sso.eu-central-1.amazonaws.com/',
    'https://:word@device.sso.eu-central-1.amazonaws.com/',
    'https://device.sso.eu-central-1.amazonaws.com@evil.example/',
    'https://device.sso.eu-central-1.amazonaws.com.evil.example/',
    'https://evil.example/?x=device.sso.eu-central-1.amazonaws.com',
    'https://evil.s3.amazonaws.com/',
    'https://evil.s3.eu-central-1.amazonaws.com/',
    'https://xdevice.sso.eu-central-1.amazonaws.com/',
    'https://x.device.sso.eu-central-1.amazonaws.com/',
    'https://evil.oidc.eu-central-1.amazonaws.com/',
    'https://oidc.evil.amazonaws.com/',
    'https://oidc.eu-west-1.amazonaws.com.cn.evil.example/',
    'https://oidc.eu-west-1.amazonaws.org/',
    'https://awsapps.com/',
    'https://evilawsapps.com/',
    'https://acme.awsapps.com.evil.example/',
    'https://acme.awsapps.org/',
    'https://a_b.acme.awsapps.com/',
    'https://a_b.acme.app.aws/',
    'https://oidc.-evil-1.amazonaws.com/',
    'https://oidc.evil-1.amazonaws.com/',
    'https://app.aws/',
    'https://evilapp.aws/',
    'https://acme.app.aws.evil.example/',
    'https://x.portal.amazonaws.com/',
    'https://x.evil.portal.amazonaws.com/',
    'https://evil.x.eu-central-1.portal.amazonaws.com/',
    'https://x.eu-central-1.portal.amazonaws.com.evil.example/',
    'https://evil.signin.aws.amazon.com/',
    'https://x.us-east-1.signin.aws.amazon.com/',
    'https://signin.aws.amazon.com.evil.example/',
    'https://evilsignin.aws.amazon.com/',
    'https://signin.amazon.com/',
    'https://',
    'https://[',
  ])('%s is not', (address) => {
    expect(readSignInOutput(`${address}\n`)).toEqual(FOREIGN);
  });
});
