/** The key schema of a table as documented, as DescribeTable answers it. */
export const DOCUMENTED_SCHEMA = {
  KeySchema: [
    { AttributeName: 'version', KeyType: 'HASH' },
    { AttributeName: 'component#name', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'version', AttributeType: 'S' },
    { AttributeName: 'component#name', AttributeType: 'S' },
  ],
} as const;
