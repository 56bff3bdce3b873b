import { jsonText } from '../../release/text/json-text.ts';
import type { ReleaseReport, TableReport } from './release-report.ts';
import { annotationsOf } from './report-github.ts';
import { reportAsPage } from './report-html.ts';
import { releasesAsJunit } from './report-junit.ts';
import { reportAsMarkdown } from './report-markdown.ts';
import { reportAsSlack } from './report-slack.ts';
import { reportAsText } from './report-text.ts';
import { tableAnnotations, tableAsMarkdown, tableAsSlack, tableAsText } from './table-forms.ts';

/** What can be written of whatever is reported. */
export interface Forms {
  readonly text: () => string;
  readonly json: () => string;
  /** @param mostBytes of UTF-8 */
  readonly markdown: (mostBytes: number) => string;
  readonly junit: () => string;
  readonly slack: () => string;
  /** The dashboard as one file. @param page without data @throws ExitError where there is nothing to show */
  readonly html: (page: string) => string;
  /** For GitHub's log. */
  readonly annotations: () => string;
}

/** The forms of one release. */
export function formsOfRelease(report: ReleaseReport): Forms {
  return {
    text: () => reportAsText(report),
    json: () => jsonText(report.said),
    markdown: (mostBytes) => reportAsMarkdown(report, mostBytes),
    junit: () => releasesAsJunit([report.said], report.source),
    slack: () => reportAsSlack(report),
    html: (page) => reportAsPage(page, report.shown, [report.said.release]),
    annotations: () => annotationsOf(report),
  };
}

/** The forms of many releases. */
export function formsOfTable(report: TableReport): Forms {
  return {
    text: () => tableAsText(report),
    json: () => jsonText(report.said),
    markdown: (mostBytes) => tableAsMarkdown(report, mostBytes),
    junit: () => releasesAsJunit(report.said, report.source),
    slack: () => tableAsSlack(report),
    html: (page) => reportAsPage(page, report.shown, report.only),
    annotations: () => tableAnnotations(report),
  };
}
