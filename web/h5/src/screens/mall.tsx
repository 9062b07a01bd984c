// The mall: products by category and name, and a product with its variants and what deduction points pay of it. Must not be
// added here: a price that the service has not told.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { money } from "@linli/shared/format";
import { t } from "@linli/shared/words";
import type { Params } from "../app.tsx";
import { picks, put } from "../basket.ts";
import { FilteredAway, List, Loaded, LoadedScreen, Nothing, useLoad, usePages } from "../parts/load.tsx";
import { Input } from "../parts/send.tsx";
import { Card, Line, Pairs, Picture, Screen } from "../parts/shown.tsx";
import { go, usePlace } from "../router.ts";
import { done, type Schema, service } from "../service.ts";

export function Mall(): JSX.Element {
  const { query } = usePlace();
  const [category, name] = [query.get("category") ?? "", query.get("name") ?? ""];
  const products = usePages(
    (after) => done(service.GET("/v1/mall/products", { params: { query: { limit: 30, ...(category === "" ? {} : { category }), ...(name === "" ? {} : { name }), ...(after === undefined ? {} : { after }) } } })),
    [category, name],
  );
  const count = picks().length;
  return (
    <Screen title={t("mall.title")} action={<a href="/app/basket">{t("mall.basket", { count })}</a>}>
      <Find category={category} name={name} />
      <List of={products} nothing={category + name === "" ? <Nothing text={t("mall.none")} to="/app/stores" action={t("orders.find")} /> : <FilteredAway clear={() => go("/app/mall", "replace")} />}>
        {(product) => <ProductLine of={product} />}
      </List>
    </Screen>
  );
}

function ProductLine({ of }: { of: Schema<"ProductLine"> }): JSX.Element {
  const picture = of.picture == null ? undefined : <Picture src={`/v1/photos/${of.picture}/thumbnail`} alt="" kind="thumb" />;
  return (
    <Line
      to={`/app/mall/products/${encodeURIComponent(of.product)}`}
      title={<span class="with-picture">{picture}{of.title}</span>}
      sub={of.category}
      right={of.from_price == null ? undefined : <span class="money">{money(of.from_price)}</span>}
      below={of.is_there ? undefined : t("mall.sold_out")}
    />
  );
}

function find(category: string, name: string): void {
  const query = new URLSearchParams();
  if (category !== "") query.set("category", category);
  if (name !== "") query.set("name", name);
  const text = query.toString();
  go(`/app/mall${text === "" ? "" : `?${text}`}`, "replace");
}

function Find({ category, name }: { category: string; name: string }): JSX.Element {
  const [text, setText] = useState(name);
  const categories = useLoad(() => done(service.GET("/v1/mall/categories", { params: { query: { limit: 100 } } })));
  return (
    <Card>
      <form class="stack" role="search" onSubmit={(event) => { event.preventDefault(); find(category, text.trim()); }}>
        <Input name="name" label={t("mall.search")} type="search" maxLength={40} value={text} onValue={setText} />
        <div class="field">
          <label for="category">{t("mall.category")}</label>
          <select id="category" value={category} onChange={(event) => find(event.currentTarget.value, name)}>
            <option value="">{t("mall.all")}</option>
            {categories.value?.items.map((one) => <option key={one.category} value={one.category} selected={one.category === category}>{one.category} ({one.products})</option>)}
          </select>
        </div>
        <button type="submit">{t("stores.search")}</button>
      </form>
    </Card>
  );
}

export function Product({ id }: Params): JSX.Element {
  const product = useLoad(() => done(service.GET("/v1/mall/products/{id}", { params: { path: { id } } })), [id]);
  return (
    <LoadedScreen of={product} home="/app/mall">
      {(product) => (
        <Screen title={product.title} home="/app/mall" action={<a href="/app/basket">{t("mall.basket", { count: picks().length })}</a>}>
          {product.pictures[0] !== undefined && <Picture src={`/v1/photos/${product.pictures[0]}`} alt={product.title} kind="wide" />}
          <Card>
            <Pairs of={[[t("mall.supplier"), product.supplier_name ?? product.supplier], [t("mall.freight"), <span class="money">{money(product.freight)}</span>], [t("mall.category"), product.category]]} />
            <p class="text">{product.description}</p>
          </Card>
          <Card title={t("mall.variants")}><Variants of={product} /></Card>
        </Screen>
      )}
    </LoadedScreen>
  );
}

function Variants({ of }: { of: Schema<"ShownProduct"> }): JSX.Element {
  const [added, setAdded] = useState<string>();
  const add = (variant: string): void => {
    put(of.product, variant, 1);
    setAdded(variant);
  };
  return (
    <>
      <ul class="list">
        {of.variants.map((variant) => (
          <li key={variant.variant}>
            <Line
              title={variant.name}
              sub={<>
                {t("mall.points_pay", { points: money(variant.points_pay) })}
                {variant.compared && <> · {t("deals.compared", { price: money(variant.compared.price), source: variant.compared.source, day: variant.compared.seen_at.slice(0, 10) })}</>}
              </>}
              right={<span class="money">{money(variant.price)}</span>}
              below={variant.left > 0 ? <button type="button" class="quiet" onClick={() => add(variant.variant)}>{t("mall.add")}</button> : t("mall.sold_out")}
            />
          </li>
        ))}
      </ul>
      {added !== undefined && <p class="gain" role="status">{t("mall.added")} <a href="/app/basket">{t("mall.to_basket")}</a></p>}
    </>
  );
}
