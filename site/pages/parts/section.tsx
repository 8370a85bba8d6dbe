// The part of a page that is about one study, with the id that links lead to.

import type { ComponentChildren, VNode } from "preact";
import { sectionId } from "../layout.tsx";

export interface StudySectionProps {
  /** "" for the default study. */
  readonly name: string;
  readonly title: string;
  /** A journal of one study shows no heading for it; the order of headings keeps it. */
  readonly several: boolean;
  /** As wide as a list reads well. */
  readonly narrow?: boolean;
  readonly children: ComponentChildren;
}

export function StudySection({ name, title, several, narrow = false, children }: StudySectionProps): VNode {
  const id = sectionId(name);
  return (
    <section id={id} class={narrow ? "narrow" : undefined} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class={several ? undefined : "hidden"}>
        {title}
      </h2>
      {children}
    </section>
  );
}
