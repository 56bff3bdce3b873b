/** A head as a proxy, a tunnel or a content delivery network sends it on, and where it was seen or is documented. */
export type ProxyHead = readonly [head: string, source: string];

const RFC = 'https://www.rfc-editor.org/rfc/';
const AWS = 'https://docs.aws.amazon.com/';
const AZURE = 'https://learn.microsoft.com/azure/';
const FRONT_DOOR = `${AZURE}frontdoor/front-door-http-headers-protocol`;
const APP_GATEWAY = `${AZURE}application-gateway/how-application-gateway-works`;
const APP_ENGINE = 'https://cloud.google.com/appengine/docs/standard/reference/request-headers';
const CLOUDFLARE = 'https://developers.cloudflare.com/fundamentals/reference/http-headers/';
const ENVOY = 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers';
const FASTLY = 'https://www.fastly.com/documentation/reference/http/http-headers/';
const FLY = 'https://fly.io/docs/networking/request-headers/';
const INGRESS = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/';
const REQUEST_IP = 'https://github.com/pbojinov/request-ip';
const TAILSCALE = 'https://tailscale.com/s/serve-headers';
const VERCEL = 'https://vercel.com/docs/headers/request-headers';
const YII = 'https://www.yiiframework.com/doc/guide/2.0/en/runtime-requests';

/**
 * Real forms. `seen` with a name and version: that program, with nothing set but where it leads and the Host, sent it to a
 * socket that printed what came.
 */
export const PROXY_HEADS: readonly ProxyHead[] = [
  ['Forwarded: for=203.0.113.7;proto=https;host=demo.example', `${RFC}rfc7239`],
  ['Forwarded-For: 203.0.113.7', REQUEST_IP],
  ['X-Forwarded: for=203.0.113.7', REQUEST_IP],
  [
    'X-Forwarded-For: 203.0.113.7',
    'seen: Caddy 2.6.2, Apache 2.4, lighttpd 1.4.69, Varnish 7.1, HAProxy 2.6 with forwardfor',
  ],
  ['X-Forwarded-Host: demo.example', 'seen: Caddy 2.6.2, Apache 2.4, lighttpd 1.4.69'],
  ['X-Forwarded-Proto: https', 'seen: Caddy 2.6.2, lighttpd 1.4.69'],
  ['X-Forwarded-Server: demo.example', 'seen: Apache 2.4'],
  ['X-Forwarded-Port: 443', `${AWS}elasticloadbalancing/latest/application/x-forwarded-headers.html`],
  ['X-Forwarded-Anything: 1', `${RFC}rfc7239#section-1`],
  ['X-Original-Forwarded-For: 203.0.113.7', INGRESS],
  ['Via: 1.1 proxy', `${RFC}rfc9110#section-7.6.3`],
  ['Max-Forwards: 10', `${RFC}rfc9110#section-7.6.2`],
  ['Surrogate-Capability: abc="Surrogate/1.0"', 'https://www.w3.org/TR/edge-arch/'],
  ['CDN-Loop: cloudflare', `${RFC}rfc8586`],
  ['Proxy-Connection: keep-alive', `${RFC}rfc9112#section-c.2.2`],
  ['Proxy-Authorization: Basic eDp4', `${RFC}rfc9110#section-11.7.2`],
  [
    'Proxy-Client-IP: 203.0.113.7',
    'https://docs.oracle.com/en/middleware/fusion-middleware/web-tier/12.2.1.4/develop-plugin/',
  ],
  [
    'WL-Proxy-Client-IP: 203.0.113.7',
    'https://docs.oracle.com/en/middleware/fusion-middleware/web-tier/12.2.1.4/develop-plugin/',
  ],
  ['X-ProxyUser-Ip: 203.0.113.7', YII],
  ['Front-End-Https: on', YII],
  ['Client-IP: 203.0.113.7:50123', 'Azure App Service, as its echoing samples print'],
  ['X-Client-IP: 203.0.113.7', REQUEST_IP],
  ['X-Cluster-Client-IP: 203.0.113.7', REQUEST_IP],
  ['True-Client-IP: 203.0.113.7', CLOUDFLARE],
  ['X-Real-IP: 203.0.113.7', 'https://docs.nginx.com/nginx/admin-guide/web-server/reverse-proxy/'],
  ['X-Real-Port: 50123', INGRESS],
  ['DO-Connecting-IP: 203.0.113.7', 'https://docs.digitalocean.com/products/app-platform/'],
  ['X-Originating-IP: 203.0.113.7', 'https://learn.microsoft.com/exchange/'],
  ['X-Remote-IP: 203.0.113.7', REQUEST_IP],
  ['X-Remote-Addr: 203.0.113.7', REQUEST_IP],
  ['X-Original-Host: demo.example', `${APP_GATEWAY}; ngrok where it rewrites Host`],
  ['X-Original-URL: /', APP_GATEWAY],
  ['X-Original-URI: /', INGRESS],
  ['X-Rewrite-URL: /', 'https://learn.microsoft.com/iis/extensions/url-rewrite-module/'],
  ['X-Host: demo.example', 'seen: lighttpd 1.4.69'],
  ['X-Scheme: https', INGRESS],
  ['X-Request-Start: t=1700000000', 'https://devcenter.heroku.com/articles/http-routing'],
  ['X-Varnish: 3', 'seen: Varnish 7.1'],
  ['CF-Connecting-IP: 203.0.113.7', CLOUDFLARE],
  ['CF-Ray: 8a1b2c3d4e5f6789-FRA', CLOUDFLARE],
  ['CF-Visitor: {"scheme":"https"}', CLOUDFLARE],
  ['Cf-Access-Jwt-Assertion: e30.e30.x', CLOUDFLARE],
  ['Fastly-Client-IP: 203.0.113.7', `${FASTLY}Fastly-Client-IP/`],
  ['Fastly-FF: x!FRA!cache-fra1', `${FASTLY}Fastly-FF/`],
  ['Akamai-Origin-Hop: 2', 'https://techdocs.akamai.com/property-mgr/'],
  [
    'CloudFront-Viewer-Address: 203.0.113.7:50123',
    `${AWS}AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html`,
  ],
  ['X-Amz-Cf-Id: x==', `${AWS}AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html`],
  [
    'X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678',
    `${AWS}elasticloadbalancing/latest/application/load-balancer-request-tracing.html`,
  ],
  ['X-Azure-ClientIP: 203.0.113.7', FRONT_DOOR],
  ['X-Azure-FDID: 55ce4ed1-4b06-4bf1-b40e-4638452104da', FRONT_DOOR],
  ['X-FD-HealthProbe: 1', FRONT_DOOR],
  ['X-AppGW-Trace-Id: ac882cd65a2712a0fe1289ec2bb6aee7', APP_GATEWAY],
  ['X-ARR-SSL: 2048|256|x', 'Azure App Service, as its echoing samples print'],
  ['Disguised-Host: demo.azurewebsites.net', 'Azure App Service, as its echoing samples print'],
  ['X-Appengine-Country: DE', APP_ENGINE],
  ['X-Appengine-User-IP: 203.0.113.7', APP_ENGINE],
  ['X-Cloud-Trace-Context: 105445aa7843bc8bf206b12000100000/1;o=1', APP_ENGINE],
  ['X-Google-Internal-Skipadmincheck: true', APP_ENGINE],
  ['X-Goog-IAP-JWT-Assertion: e30.e30.x', 'https://cloud.google.com/iap/docs/signed-headers-howto'],
  ['X-Envoy-External-Address: 203.0.113.7', ENVOY],
  ['X-Envoy-Expected-Rq-Timeout-Ms: 15000', ENVOY],
  ['Fly-Client-IP: 203.0.113.7', FLY],
  ['Fly-Region: fra', FLY],
  ['Ngrok-Auth-User-Email: x@example.com', 'https://ngrok.com/docs/traffic-policy/actions/oauth/'],
  ['Ngrok-Skip-Browser-Warning: 1', 'https://ngrok.com/docs/errors/err_ngrok_6024/'],
  ['Tailscale-User-Login: x@example.com', TAILSCALE],
  ['Tailscale-Headers-Info: https://tailscale.com/s/serve-headers', TAILSCALE],
  ['X-Tunnel-Authorization: tunnel e30.e30.x', `${AZURE}developer/dev-tunnels/`],
  ['Bypass-Tunnel-Reminder: 1', 'https://github.com/localtunnel/localtunnel'],
  ['X-Vercel-Id: fra1::abc', VERCEL],
  ['X-Vercel-Forwarded-For: 203.0.113.7', VERCEL],
  ['X-NF-Client-Connection-IP: 203.0.113.7', 'https://docs.netlify.com/'],
];

/** What browsers, the page and programs beside it send, and no proxy adds: these pass. */
export const OTHER_HEADS = [
  'User-Agent: Mozilla/5.0',
  'Accept: */*',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: de',
  'Cache-Control: no-cache',
  'Pragma: no-cache',
  'Cookie: a=b',
  'DNT: 1',
  'Sec-GPC: 1',
  'Priority: u=0, i',
  'Purpose: prefetch',
  'Range: bytes=0-',
  'Referer: http://127.0.0.1:{P}/',
  'Save-Data: on',
  'Sec-CH-UA: "Chromium";v="130"',
  'Sec-CH-UA-Platform: "Linux"',
  'Sec-Fetch-User: ?1',
  'TE: trailers',
  'Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'Tracestate: a=b',
  'Upgrade-Insecure-Requests: 1',
  'Viewport-Width: 800',
  'If-None-Match: W/"x"',
  'X-Requested-With: XMLHttpRequest',
  'X-Request-Id: 1',
  'Amz-Sdk-Invocation-Id: x',
  'Amz-Sdk-Request: attempt=1; max=3',
  'X-Amz-Date: 20261122T120000Z',
  'X-Amz-Content-Sha256: x',
  'X-Amz-Security-Token: x',
  'X-Amz-Target: DynamoDB_20120810.Scan',
  'X-Amz-User-Agent: aws-sdk-js/3',
  'X-Release-Matrix-Refused: 1',
] as const;
