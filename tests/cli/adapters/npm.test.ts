import { describe } from 'vitest';
import { digestOfIntegrity, type Sample, testSamples } from './samples.ts';

const UI = { component: '@acme/ui', npmVersion: '1.2.0', artifact: '@acme/ui@1.2.0' };
const INTEGRITY = 'JAyGKD76bg9idOyNZ1lOCwVxTm1UkEbNXLI05fP6UAaqrgX1Fv7d8Mi+mJnK/hdj+EQLmktseZurTL12qDiRdg==';

describe('npm reads', () => {
  testSamples('npm', [
    ...(
      [
        ['older', 'npm-10-pack.json'],
        ['older', 'npm-10-publish.json'],
        ['newer', 'npm-11-publish.json'],
        ['newer', 'npm-12-pack.json'],
      ] as const
    ).map(
      ([form, sample]): Sample => ({
        form,
        sample,
        drafts: [{ fields: { ...UI, digest: digestOfIntegrity(INTEGRITY) }, tag: null }],
      }),
    ),
  ]);
});
