import type { ViewState } from '../../src/dashboard/state/view-state.ts';

/** The matrix with nothing chosen and nothing filtered: what an address without parameters shows. */
export const WHOLE_VIEW: ViewState = {
  view: 'matrix',
  version: '',
  stage: [],
  type: [],
  env: [],
  q: '',
  problems: false,
  flip: false,
  zoom: 'text',
  release: null,
  component: null,
  folded: [],
  a: '',
  b: '',
  same: false,
  only: null,
  off: null,
  as: null,
  manifest: null,
  group: 'code',
  severity: [],
  code: [],
  waived: 'show',
  shut: [],
};
