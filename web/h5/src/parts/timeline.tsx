// A withdrawal as one timeline: what has happened and when, what comes next and until when it is promised. Must not be added
// here: a step that the service does not tell.

import type { JSX } from "preact";
import { named, t } from "@linli/shared/words";
import { Time } from "./shown.tsx";
import type { Schema } from "../service.ts";

export function Timeline({ of }: { of: Schema<"Withdrawal"> }): JSX.Element {
  return (
    <ol class="timeline">
      {of.steps.map((step, place) => (
        <li key={`${step.state}${place}`} class="done" aria-current={place === of.steps.length - 1 ? "step" : undefined}>
          <strong>{named("withdrawal", step.state)}</strong>
          {step.at != null && <span class="soft"><Time of={step.at} /></span>}
          {place === of.steps.length - 1 && step.promised != null && <span class="soft">{t("withdrawals.next_by")} <Time of={step.promised} /></span>}
          {place === of.steps.length - 1 && of.reason != null && <span class="loss">{of.reason}</span>}
        </li>
      ))}
      {of.ahead.map((step) => (
        <li key={step.state}>
          {named("withdrawal", step.state)}
          {step.promised != null && <span class="soft">{t("withdrawals.by")} <Time of={step.promised} /></span>}
        </li>
      ))}
    </ol>
  );
}
