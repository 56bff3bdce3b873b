/** The parts of an Amazon Resource Name: `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly service: string;
  /** Empty for what is of no region, such as a role. */
  readonly region: string;
  /** Twelve digits; empty for what is of no account. */
  readonly account: string;
  /** `table/Releases`; what is in it is up to the service. */
  readonly resource: string;
}

const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/;

/** @returns the parts of an ARN; null for any other text */
export function readArn(text: string): Arn | null {
  const [whole, partition = '', service = '', region = '', account = '', resource = ''] = ARN.exec(text) ?? [];
  return whole === undefined ? null : { partition, service, region, account, resource };
}

/** @returns the name at the end of an ARN, `orders` for `…:schema/acme/orders`; any other text is a name already */
export function nameInArn(text: string | undefined): string | undefined {
  return (
    readArn(text ?? '')
      ?.resource.split('/')
      .at(-1) ?? text
  );
}

/** The path of a role has 512 characters at most, its name 64. */
const ROLE = /^role\/[\w+=,.@/-]{1,576}$/;

/** Whether a text is the ARN of a role in IAM. */
export function isRoleArn(text: string): boolean {
  const arn = readArn(text);
  return arn !== null && arn.service === 'iam' && arn.region === '' && arn.account !== '' && ROLE.test(arn.resource);
}
