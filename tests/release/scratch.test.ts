import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fragment, type ItemReading, type RejectedItem, readItem } from '../../src/release/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item.ts';
import type { Policy } from '../../src/release/policy.ts';
import { type BuiltReport, rebuildReport } from '../../src/release/rebuild-report.ts';
import { buildReport } from '../../src/release/report.ts';
import { item, policyOf } from './items.ts';
const RELEASES = ['v1.0.0','v1.1.0','v1.1.1','v1.2.0-alpha.1','v1.2.0-beta.1','v1.2.0-rc.1','v1.2.0-rc2','v1.2.0','1.2.0','v1.2.0+build.5','v1.2.1','v1.3.0-rc10','v1.3.0-hotfix.1','v1.3.0','2.1','1.2.3.4','v2.0.0','v2.0.1','main'];
const KEYS = ['backend#api','backend#API','backend#web-service','backend#a','backend#b','frontend#web','kafka#u','infra#helm-api','k8s#prod-deployment/api','k8s#production-deployment/api','k8s#staging-deployment/api','k8s#prod-statefulset/api','k8s#prod-deployment/web','k8s#staging-deployment/web','k8s#prod-service/web','backend'];
const V=['1.0.0','v1.1.0','1.2.0-beta.1','1.2.0-rc.1','1.2.0','1.2.0+5','2.0.0','main','1.2.0-debian-r9','1.3.0'];
const attributes = fc.record({
 componentVersion: fc.constantFrom(...V), npmVersion: fc.constantFrom(...V), schemaVersion: fc.constantFrom(...V), appVersion: fc.constantFrom(...V),
 evolutionPolicy: fc.constantFrom('BACKWARD','FULL','NONE'), repo: fc.constantFrom('acme/mono'), commit: fc.constantFrom('aaa1111','bbb2222','aaa1111ff'),
 artifact: fc.constantFrom('acme/api:1.2.0','acme/api:main',`acme/web@sha256:${'a'.repeat(64)}`,'acme/api:1.2.0-rc.1'),
 imageRef: fc.constantFrom('acme/api:1.2.0','acme/api:1.1.0','acme/web:latest','NONE','acme/x:1.0.0'),
 date: fc.constantFrom('2026-11-01T10:00:00Z','2026-11-05T10:00:00Z','2026-11-20T11:30:00Z','2026-10-01T10:00:00Z'),
 publishedAt: fc.constantFrom('2026-11-01T10:00:00Z','2026-11-20T11:40:00Z','2026-11-20T11:50:00Z'),
 replicas: fc.constantFrom(0,1,2), readyReplicas: fc.constantFrom(0,1,2),
}, {requiredKeys: []});
const ITEMS = fc.uniqueArray(fc.tuple(fc.constantFrom(...RELEASES), fc.constantFrom(...KEYS), attributes), { selector: ([r,k]) => `${r} ${k}`, maxLength: 120, size:'max' }).map(p=>p.map(([r,k,m])=>item(r,k,m as Item)));
const POL = fc.constantFrom<Item>({}, {}, {patchReleases:'carried'}, {stages:{hotfix:'stable'}}, {roster:[{component:'*',expectation:'carried'}]}, {roster:[{component:'backend#a'},{component:'k8s#*'},{component:'*#web',expectation:'optional'},{component:'*',releases:'>=1.2'}], patchReleases:'carried'}, {roster:[{component:'k8s#*',expectation:'ignored'},{component:'*'}]});
const keyOf = (one: Item) => JSON.stringify([one.version, one['component#name']]);
function putInto(table: readonly Item[], put: readonly Item[]): Item[] { const news = new Map(put.map((o) => [keyOf(o), o])); const kept = table.map((o) => { const x = news.get(keyOf(o)); news.delete(keyOf(o)); return x ?? o; }); return [...kept, ...news.values()]; }
function reader(policy: Policy) { const known = new Map<Item, ItemReading>(); return (items: readonly Item[]) => { const fragments: Fragment[] = []; const rejected: RejectedItem[] = []; for (const one of items) { const reading = known.get(one) ?? readItem(one, DOCUMENTED_KEYS, policy.environments); known.set(one, reading); if ('fragment' in reading) fragments.push(reading.fragment); if ('rejected' in reading) rejected.push(reading.rejected); } return { fragments, rejected }; }; }
const STEPS = fc.array(fc.record({ put: ITEMS.map(i=>i.slice(0,3)), drop: fc.array(fc.nat({max:100}),{maxLength:2}), minutes: fc.constantFrom(0,1,45,90) }),{maxLength:8});
test('rebuilt is anew', () => {
  fc.assert(fc.property(fc.record({start:ITEMS, policy:POL, steps:STEPS}), ({start,policy:document,steps}) => {
    const policy = policyOf(document); const read = reader(policy); let now = Date.parse('2026-11-20T12:00:00Z'); let table = start; let built: BuiltReport|null = null;
    for (const {put,drop,minutes} of [{put:[],drop:[] as number[],minutes:0},...steps]) {
      table = putInto(table.filter((_,at)=>!drop.includes(at)), put); now += minutes*60000;
      const input = {...read(table), readAt:new Date(now).toISOString()};
      built = rebuildReport(built, input, policy);
      expect(built.report).toEqual(buildReport(input, policy));
    }
  }), {numRuns: Number(process.env.RUNS ?? 300)});
}, 600000);
