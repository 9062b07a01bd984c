// Choosing a language: each by its own name. Must not be added here: a language without a catalogue.

import type { JSX } from "preact";
import { language, languages, speak } from "@linli/shared/words";

const NAMES: Record<string, string> = { "zh-CN": "中文", en: "English" };

export function Languages(): JSX.Element {
  const choose = (tag: string): void => void speak(tag).then(() => location.reload());
  return (
    <div class="choices">
      {languages().map((tag) => (
        <button key={tag} type="button" class="quiet" lang={tag} aria-pressed={tag === language()} onClick={() => choose(tag)}>{NAMES[tag] ?? tag}</button>
      ))}
    </div>
  );
}
