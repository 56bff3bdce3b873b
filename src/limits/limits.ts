// Every limit that somebody can meet, with what happens beyond it. `npm run limits` writes docs/limits.md from here: each
// has one sentence or two that say what it counts, in which unit, whose it is where it is not ours, and what comes of more.

// What an item may be

/**
 * Bytes of an item, as DynamoDB counts them: its own limit. A publish beyond it is refused with the size, by exit
 * code 2.
 */
export const MAX_ITEM_BYTES = 400 * 1024;

/**
 * Levels of lists and maps that are read of an item; DynamoDB stops at 32. What lies deeper is shown as `{ "$deeper":
 * true }`.
 */
export const MAX_ITEM_LEVELS = 40;

/** Environments, links or other entries of one field of a fragment. A publish beyond it is refused with the field. */
export const MAX_FRAGMENT_ENTRIES = 50;

/** Commits that a fragment lists as its changes. The oldest are left out, and counted. */
export const MAX_CHANGES = 300;

/** Bytes that they take, as DynamoDB counts them. As above. */
export const MAX_CHANGES_BYTES = 64 * 1024;

/** Characters of the subject of a commit. A longer one is cut. */
export const MAX_SUBJECT_CHARACTERS = 200;

/** Characters of a version. A longer one is shown, and compared with no other. */
export const MAX_VERSION_CHARACTERS = 256;

/**
 * Characters of an image’s reference: a longest name, a tag and a SHA-512 digest fit. A longer one is shown as text
 * and has no tag.
 */
export const MAX_IMAGE_CHARACTERS = 600;

/** Hexadecimal digits of a commit or digest: those of SHA-512. What is longer is compared with no other. */
export const MAX_DIGEST_DIGITS = 128;

/** Replaced contents that an item keeps. The oldest goes first. */
export const MAX_REPLACED_CONTENTS = 10;

/** Bytes of an item that its replaced contents may take. The oldest goes first. */
export const MAX_REPLACED_BYTES = 100 * 1024;

// What a policy may be

/** Rows of a policy’s list. A longer one is refused, with the list and the number. */
export const MAX_POLICY_ROWS = 5_000;

/** Rows of the roster with a `*`: each is matched with every component. More are refused, with the number. */
export const MAX_POLICY_WILDCARDS = 500;

/** Waivers of a policy: each is matched with every finding. More are refused, with the number. */
export const MAX_POLICY_WAIVERS = 1_000;

/** Freezes of a policy, and its lines that have a due date. More are refused, with the number. */
export const MAX_POLICY_DATES = 1_000;
/** Saved views of a policy. More are refused, with the number. */
export const MAX_POLICY_VIEWS = 100;

/** Rows of a policy’s `withdrawn`. More are refused, with the number. */
export const MAX_POLICY_WITHDRAWN = 1_000;
/** Rows of evidence of a policy. More are refused, with the number. */
export const MAX_POLICY_EVIDENCE = 100;

/** Persons who must sign. More are refused. */
export const MAX_POLICY_SIGNERS = 20;

// What evidence takes

/** Characters of a note. A longer one is refused. */
export const MAX_NOTE_CHARACTERS = 4096;

/** Files of test reports that one evidence is read from. More are refused, with the number. */
export const MAX_TEST_REPORTS = 5_000;

/** Bytes of all of them together. More are refused. */
export const MAX_TEST_REPORT_BYTES = 50 * 1024 * 1024;

// What publishing takes

/**
 * Milliseconds that a fragment’s date may lie ahead of this machine’s clock. A later one that is given is refused;
 * one of a tool’s output is left out, and said.
 */
export const MAX_DATE_AHEAD_MS = 10 * 60_000;

/** Bytes of a file that is handed in as a changelog. A larger one is refused. */
export const MAX_CHANGELOG_FILE_BYTES = 4 * 1024 * 1024;

/** Bytes that are kept of release notes which a tool has written. Longer ones are cut, and say so at their end. */
export const MAX_RELEASE_NOTES_BYTES = 64 * 1024;

/**
 * Bytes of a file of items, uncompressed: V8 holds no longer text. A larger one is refused; it can be imported in
 * parts.
 */
export const MAX_INPUT_FILE_BYTES = 512 * 1024 * 1024;

/** Bytes that git may print of a checkout, such as the messages of 300 commits. Of more nothing is listed, and said. */
export const MAX_GIT_OUTPUT_BYTES = 32 * 1024 * 1024;

/** Items denied and none taken until the right itself is taken to be missing and the rest is not tried. */
export const MAX_DENIALS = 50;

/**
 * Files of unwritten fragments that stand side by side in one folder. Then the command says that it could not save
 * them.
 */
export const MAX_UNWRITTEN_FILES = 100;

// How long a call may take

/**
 * Milliseconds of one call to the table, repeats and body included. Then it is ended, and the reading or writing says
 * that no whole answer came.
 */
export const MAX_CALL_MS = 10_000;

/**
 * Milliseconds that a command goes on trying a table that fails. Then it ends with exit code 3; `publish` and
 * `import` save what is unwritten.
 */
export const MAX_RETRY_MS = 60_000;

/** Requests of one page in any minute of an outage. The next one waits. */
export const MAX_OUTAGE_REQUESTS = 12;

/** Milliseconds until a table that was created is ready. Then the command ends with exit code 3. */
export const MAX_CREATE_TABLE_MS = 180_000;

/**
 * Milliseconds that a credential helper has on the command line, where a person may have to answer it. Then it is
 * ended.
 */
export const MAX_HELPER_MS = 60_000;

/** Milliseconds that a sign-in by the page may take. Then the AWS CLI is ended, and the page says so. */
export const MAX_SIGN_IN_MS = 10 * 60_000;

/** Milliseconds of one call to a webhook. Then it counts as failed. */
export const MAX_WEBHOOK_CALL_MS = 10_000;

/** Milliseconds that a failing webhook is tried again. Then `notify` ends with exit code 3. */
export const MAX_WEBHOOK_RETRY_MS = 60_000;

/** Milliseconds of a duration that an option takes, such as `--wait`. A longer one is refused. */
export const MAX_DURATION_MS = 24 * 3_600_000;

/** Milliseconds that a command has to say what it did once it was told to stop. Then it ends. */
export const MAX_STOP_MS = 5_000;

/**
 * Milliseconds that the page waits for credentials of the local server, which has ten seconds itself. Then the page
 * says so and asks again.
 */
export const MAX_PAGE_CREDENTIALS_MS = 12_000;

// What the local server takes

/** Tables that `TABLES` names. More are refused at the start. */
export const MAX_TABLES = 50;

/** Header lines of a request. More are refused with 431. */
export const MAX_HEADERS = 64;

/** Bytes of a call to the table. A larger one is refused with 413. */
export const MAX_REQUEST_BYTES = 1024 * 1024;

/**
 * Bytes of an answer of an emulator; DynamoDB’s own limit is 16 MB, as JSON up to twice that. A larger one is ended
 * as no answer of DynamoDB.
 */
export const MAX_ANSWER_BYTES = 48 * 1024 * 1024;

/** Calls for credentials in a minute; one page asks about once in a quarter of an hour. More are refused with 429. */
export const MAX_CREDENTIAL_CALLS = 60;

/** Milliseconds that a one-time code is good for. Then the page says that it has expired. */
export const MAX_CODE_MS = 60_000;

/** Characters of a session’s policy, of AWS. The table’s name and account cannot make it longer. */
export const MAX_SESSION_POLICY_CHARACTERS = 2048;

/** Bytes that a credential helper may print. One that prints more is ended, and named. */
export const MAX_HELPER_OUTPUT_BYTES = 64 * 1024;

/** Bytes of an AWS config file. A larger one is not read, and named. */
export const MAX_PROFILE_FILE_BYTES = 1_000_000;

// What the page lays out and keeps

/** Bytes of a changelog that is laid out as Markdown. A longer one is shown as it was written, and says why. */
export const MAX_MARKDOWN_BYTES = 16 * 1024;

/** Its lines; each may be a block of its own. As above. */
export const MAX_MARKDOWN_LINES = 2000;

/**
 * Its marks of emphasis, code, links, images and cells: each looks for its other end among all the others. As above.
 */
export const MAX_MARKDOWN_MARKS = 2500;

/** Parts that are drawn of it. As above. */
export const MAX_MARKDOWN_NODES = 3000;

/** Parts of it within one another. As above. */
export const MAX_MARKDOWN_LEVELS = 50;

/** Characters of a link: beyond these nobody can see where it leads. A longer one is shown as text. */
export const MAX_LINK_CHARACTERS = 2048;

/** Characters of a range of versions that is typed as a filter. A longer one is looked for as text. */
export const MAX_RANGE_CHARACTERS = 256;

/** Events that a browser keeps of a table. The oldest go first. */
export const MAX_ACTIVITY_EVENTS = 5_000;

/**
 * Fragments whose last state a browser keeps, of the newest releases. A change of the others made while no page was
 * open is not seen.
 */
export const MAX_ACTIVITY_FRAGMENTS = 20_000;

/** Tables whose activity a browser keeps. The one looked at longest ago goes first. */
export const MAX_ACTIVITY_TABLES = 8;

/** Tables that a browser keeps whole for the next visit. The one kept longest ago goes first. */
export const MAX_LAST_STATE_TABLES = 3;

/** Items of a table that is kept for the next visit. A larger one is not kept, and the next visit reads it anew. */
export const MAX_LAST_STATE_ITEMS = 120_000;

/** Characters of JSON of it. As above. */
export const MAX_LAST_STATE_CHARACTERS = 80_000_000;

// What others take

/** Bytes of a step’s summary, of GitHub. The report is cut before, and says by how much. */
export const MAX_GITHUB_SUMMARY_BYTES = 1024 * 1024;

/** Annotations of a kind that GitHub shows of a step. The rest is in the summary. */
export const MAX_GITHUB_ANNOTATIONS = 10;

/** Bytes of a Markdown report: a comment on GitHub holds 65,536 characters. It is cut before, and says by how much. */
export const MAX_GITHUB_COMMENT_BYTES = 65_000;

/** Characters of a section, of Slack. It is cut before. */
export const MAX_SLACK_SECTION_CHARACTERS = 3_000;

/** Characters of a header, of Slack. It is cut before. */
export const MAX_SLACK_HEADER_CHARACTERS = 150;

/** Blocks of a message, of Slack. The rest is counted in its last line. */
export const MAX_SLACK_BLOCKS = 50;
