import type { Fragment } from '../item/fragment.ts';
import { saysOtherVersion } from '../item/version.ts';
import { type Check, fragmentsOf, ofType } from '../matrix/checked-release.ts';

/**
 * A chart whose `appVersion` says another version than the component it deploys: the backend or frontend component of
 * the same name, without `helm-` or `tf-` before it, and with or without `-service` or `-svc` behind it.
 */
export const chartAppMismatch: Check<'chart-app-mismatch'> = {
  scope: { asks: 'release', type: 'infra' },
  look: (checked, cells) => {
    const charts = fragmentsOf(cells).filter(({ fields }) => fields.appVersion !== undefined);
    if (charts.length === 0) return [];
    const apps = new Map<string, Fragment>();
    for (const app of [...ofType(checked.cells, 'frontend'), ...ofType(checked.cells, 'backend')])
      apps.set(app.name, app);
    return charts.flatMap(({ component, name, fields: { appVersion } }) => {
      if (appVersion === undefined) return [];
      const plain = name.replace(/^(helm|tf)-/, '');
      const app = apps.get(plain) ?? apps.get(`${plain}-service`) ?? apps.get(`${plain}-svc`);
      if (app === undefined || !saysOtherVersion(appVersion, app.ownVersion, app.fields.commit)) return [];
      return [{ component, environment: null, details: { appVersion, of: app.component, version: app.ownVersion } }];
    });
  },
};
