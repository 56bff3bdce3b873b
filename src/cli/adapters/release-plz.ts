import { z } from 'zod';
import { type Adapter, expecting, given, optionalText } from './tool-output.ts';

const tool = expecting(
  'the output `releases` of the release-plz action, or `release-plz release -o json`: [{package_name, version, tag}]',
);

const releases = z.array(z.looseObject({ package_name: z.string(), version: z.string(), tag: optionalText }));
const printed = z.looseObject({ releases });

export const releasePlz: Adapter = {
  type: 'backend',
  of: 'build',
  place: null,
  read(output) {
    const document = tool.document(output.document());
    const listed = Array.isArray(document) ? tool.shaped(releases, document) : tool.shaped(printed, document).releases;
    return {
      // The list is in no order: the first is not the root.
      drafts: listed.map(({ package_name, version, tag }) => ({
        fields: given({ component: package_name, componentVersion: version, artifact: `${package_name}@${version}` }),
        tag: tag ?? null,
      })),
      notices: listed.length === 0 ? ['release-plz released nothing.'] : [],
    };
  },
};
