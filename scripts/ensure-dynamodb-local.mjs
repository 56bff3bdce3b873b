// Makes sure that AWS's DynamoDB Local and a Java for it are there; ends with 1 and says what is missing where not.
import { reportEnsured } from './commands.mjs';
import { ensureDynamodbLocal } from './dynamodb-local.mjs';

reportEnsured(() => {
  const { java, directory } = ensureDynamodbLocal();
  return `DynamoDB Local: ${directory}, run by ${java}`;
});
