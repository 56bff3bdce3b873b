// Makes sure that the AWS CLI runs: the tests against DynamoDB Local publish fragments with it, as a person would.
import { findAwsCli } from './aws-cli.mjs';
import { CouldNotGet, installDebianPackages, reportEnsured } from './commands.mjs';

reportEnsured(() => {
  const program = findAwsCli() ?? (installDebianPackages(['awscli']) ? findAwsCli() : undefined);
  if (program !== undefined) return `AWS CLI: ${program}`;
  throw new CouldNotGet(
    [
      'No AWS CLI: "aws --version" does not run, and it could not be installed from Debian (that needs root).',
      'The tests that publish fragments with "aws dynamodb put-item" cannot run without it. Get it by any of:',
      '  apt-get install awscli              (as root, on Debian)',
      '  the installer in AWS\'s guide "Install the AWS CLI"',
    ].join('\n'),
  );
});
