// Makes sure that the AWS CLI runs: the tests against DynamoDB Local publish fragments with it, as a person would.
import { CouldNotGet, installDebianPackages, outputOf, reportEnsured } from './commands.mjs';

reportEnsured(() => {
  const version = awsCliVersion() ?? (installDebianPackages(['awscli']) ? awsCliVersion() : undefined);
  if (version !== undefined) return `AWS CLI: ${version}`;
  throw new CouldNotGet(
    [
      'No AWS CLI: "aws --version" does not run, and it could not be installed from Debian (that needs root).',
      'The tests that publish fragments with "aws dynamodb put-item" cannot run without it. Get it by any of:',
      '  apt-get install awscli              (as root, on Debian)',
      '  the installer in AWS\'s guide "Install the AWS CLI"',
    ].join('\n'),
  );
});

/** @returns {string | undefined} the first line of `aws --version`, or undefined where that does not run */
function awsCliVersion() {
  return outputOf('aws', ['--version'])?.trim().split('\n')[0];
}
