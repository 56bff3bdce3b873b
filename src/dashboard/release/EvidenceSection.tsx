import type { EvidenceLine } from '../../release/evidence/judge-evidence.ts';
import { EvidenceList } from '../elements/EvidenceList.tsx';
import { Section } from './Section.tsx';

interface EvidenceSectionProps {
  /** Tag of the release that is looked at. */
  readonly release: string;
  readonly evidence: readonly EvidenceLine[];
}

/** What was checked of the release, by whom, and whether it holds for what the release is now. */
export function EvidenceSection({ release, evidence }: EvidenceSectionProps) {
  const asked = evidence.filter((line) => line.asked);
  const held = asked.filter(({ state }) => state === 'held').length;
  return (
    <Section
      title="Evidence"
      beside={
        asked.length > 0 && <span className="text-dim tabular-nums">{`${held} of ${asked.length} asked for`}</span>
      }
    >
      <EvidenceList release={release} evidence={evidence} />
    </Section>
  );
}
