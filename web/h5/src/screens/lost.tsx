// An address without a screen. Must not be added here: anything else.

import type { JSX } from "preact";
import { t } from "@linli/shared/words";
import { Nothing } from "../parts/load.tsx";
import { Screen } from "../parts/shown.tsx";

export function Lost(): JSX.Element {
  return (
    <Screen title={t("lost.title")} home="/">
      <Nothing text={t("lost.text")} to="/" action={t("lost.home")} />
    </Screen>
  );
}
