/** Regions: their pattern, their partition, and the DynamoDB endpoint that a browser must be allowed to call. */

/** A region becomes a host name and an entry of the content security policy, so nothing else may pass. */
export const REGION_PATTERN = /^(?:[a-z]{2}|eusc)(?:-[a-z]+)+-\d$/;

/** Partition and DNS suffix by the beginning of the region; the first that fits counts. */
const PARTITIONS: readonly { readonly begins: string; readonly partition: string; readonly suffix: string }[] = [
  { begins: 'cn-', partition: 'aws-cn', suffix: 'amazonaws.com.cn' },
  { begins: 'us-gov-', partition: 'aws-us-gov', suffix: 'amazonaws.com' },
  { begins: 'us-isob-', partition: 'aws-iso-b', suffix: 'sc2s.sgov.gov' },
  { begins: 'us-isof-', partition: 'aws-iso-f', suffix: 'csp.hci.ic.gov' },
  { begins: 'us-iso-', partition: 'aws-iso', suffix: 'c2s.ic.gov' },
  { begins: 'eu-isoe-', partition: 'aws-iso-e', suffix: 'cloud.adc-e.uk' },
  { begins: 'eusc-', partition: 'aws-eusc', suffix: 'amazonaws.eu' },
];

/**
 * @param region a region's name
 * @returns the partition of its ARNs: `aws`, `aws-cn`, `aws-us-gov`, …
 */
export function partitionOf(region: string): string {
  return PARTITIONS.find(({ begins }) => region.startsWith(begins))?.partition ?? 'aws';
}

/**
 * @param region a region's name that fits `REGION_PATTERN`
 * @returns the origin that the SDK calls for it (tests compare it with the SDK's own rules)
 */
export function dynamoEndpoint(region: string): string {
  const suffix = PARTITIONS.find(({ begins }) => region.startsWith(begins))?.suffix ?? 'amazonaws.com';
  return `https://dynamodb.${region}.${suffix}`;
}
