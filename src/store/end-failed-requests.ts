import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Handler = DynamoDBClient['config']['requestHandler'];

/**
 * A handler of HTTP that ends each request that fails. The SDK's own time-out only stops waiting: in a browser the
 * request stays under way for as long as the other side pleases, and six of them fill the connections to a host.
 *
 * @param handler the SDK's; it must obey the signal it gets, as long as the body comes
 */
export function endingFailed(handler: Handler): Handler {
  const handle: Handler['handle'] = async (request, options) => {
    const controller = new AbortController();
    const { abortSignal: asked }: { readonly abortSignal?: unknown } = options ?? {};
    if (asked instanceof AbortSignal) {
      const stop = () => controller.abort(asked.reason);
      if (asked.aborted) stop();
      // Not taken away at the end: the body is still to come then. The signal is that of one call, and goes with it.
      else asked.addEventListener('abort', stop);
    }
    try {
      return await handler.handle(request, { ...options, abortSignal: controller.signal });
    } catch (error) {
      controller.abort(error);
      throw error;
    }
  };
  return new Proxy(handler, { get: (own, name) => (name === 'handle' ? handle : Reflect.get(own, name, own)) });
}
