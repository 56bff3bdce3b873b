// `npm run test:dynamodb-local`: the store and the whole way to the screen against AWS's own DynamoDB Local.
import { runSteps } from './steps.mjs';

const besideDatabase = [process.execPath, 'scripts/with-dynamodb-local.mjs', '--', 'npx', '--no-install'];

await runSteps([
  { name: 'DynamoDB Local', command: [process.execPath, 'scripts/ensure-dynamodb-local.mjs'], gets: true },
  { name: 'the AWS CLI', command: [process.execPath, 'scripts/ensure-aws-cli.mjs'], gets: true },
  { name: 'a Chromium', command: [process.execPath, 'scripts/ensure-chromium.mjs'], gets: true },
  {
    name: 'store tests beside DynamoDB Local',
    command: [...besideDatabase, 'vitest', 'run', '--project=dynamodb-local*'],
    needs: ['DynamoDB Local', 'the AWS CLI'],
    counts: 'vitest',
  },
  {
    name: 'browser tests beside DynamoDB Local',
    command: [...besideDatabase, 'playwright', 'test', '--project=dynamodb-local'],
    needs: ['DynamoDB Local', 'the AWS CLI', 'a Chromium'],
    counts: 'playwright',
  },
]);
