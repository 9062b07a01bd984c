//! The mall's suppliers and what they sell: on sale, sold out, waiting to be looked at, withdrawn. Must not be added
//! here: an order.

use super::{Life, Script};
use linli_economy::time::Instant;
use linli_platform::MallAct;
use linli_platform::mall::product::{ComparedPrice, Content, ProductAct, Variant};
use linli_platform::mall::supplier::SupplierAct;

/// Suppliers, by the ids that they have in the year's orders, and who acts for them; the last is suspended.
pub const SUPPLIERS: [(&str, &str, Option<&str>); 4] = [
    ("P01", "岭南粮油", Some("supplier")),
    ("P02", "潮汕茶行", Some("supplier-2")),
    ("P03", "新会陈皮行", None),
    ("P04", "顺德小家电", None),
];

/// What is to become of a product.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    OnSale,
    SoldOut,
    Draft,
    Changed,
    Withdrawn,
}

/// A product: id, supplier, category, title, description, prices in fen and fate.
struct Goods {
    id: &'static str,
    supplier: &'static str,
    category: &'static str,
    title: &'static str,
    description: &'static str,
    price: u64,
    freight: u64,
    fate: Fate,
}

const fn goods(
    (id, supplier, category): (&'static str, &'static str, &'static str),
    (title, description): (&'static str, &'static str),
    (price, freight): (u64, u64),
    fate: Fate,
) -> Goods {
    Goods { id, supplier, category, title, description, price, freight, fate }
}

use Fate::{Changed, Draft, OnSale, SoldOut, Withdrawn};

const GOODS: [Goods; 13] = [
    goods(("rice", "P01", "粮油"), ("丝苗米 5 kg", "增城产，当季新米。"), (5_900, 600), OnSale),
    goods(("oil", "P01", "粮油"), ("花生油 5 L", "一级压榨。"), (13_900, 0), OnSale),
    goods(("noodles", "P01", "粮油"), ("竹升面 10 包", "鸭蛋和面。"), (4_800, 600), OnSale),
    goods(("beans", "P01", "粮油"), ("东北黄豆 2 kg", "非转基因。"), (2_600, 600), SoldOut),
    goods(("millet", "P01", "粮油"), ("小米 2 kg", "待审核。"), (3_200, 600), Draft),
    goods(("tea", "P02", "茶"), ("英德红茶 100 g", "一芽一叶。"), (8_800, 0), OnSale),
    goods(("dancong", "P02", "茶"), ("凤凰单丛 250 g", "蜜兰香。"), (26_800, 0), OnSale),
    goods(("teapot", "P02", "茶具"), ("朱泥壶", "手拉坯，120 ml。"), (39_900, 1_200), OnSale),
    goods(("cups", "P02", "茶具"), ("品茗杯 4 只", "白瓷。"), (6_900, 1_200), Changed),
    goods(("peel", "P03", "干货"), ("陈皮 50 g", "新会产，十年。"), (16_800, 0), OnSale),
    goods(("mushroom", "P03", "干货"), ("冬菇 500 g", "肉厚。"), (9_900, 600), Withdrawn),
    goods(("kettle", "P04", "小家电"), ("电水壶 1.7 L", "304 不锈钢。"), (12_900, 1_000), OnSale),
    goods(("fan", "P04", "小家电"), ("台扇", "三档风。"), (15_900, 1_000), Draft),
];

/// The list price and the freight of a product, in fen.
pub fn price(product: &str) -> (u64, u64) {
    let found = GOODS.iter().find(|goods| goods.id == product).expect("it is one of the table");
    (found.price, found.freight)
}

/// Who supplies a product.
pub fn supplier(product: &str) -> &'static str {
    GOODS.iter().find(|goods| goods.id == product).expect("it is one of the table").supplier
}

/// The account that acts for a supplier; where none does, the desk does.
pub fn login(supplier: &str) -> &'static str {
    let login = SUPPLIERS.iter().find(|(id, ..)| *id == supplier).and_then(|(.., login)| *login);
    login.unwrap_or("operator")
}

pub fn write(script: &mut Script) {
    for (supplier, name, login) in SUPPLIERS {
        script.at((0, 60), move |life| {
            let person = format!("supplier:{supplier}");
            let sealed_contact = life.sealer.seal(&person, "contact", "020 8888 0000 王经理".as_bytes())?;
            let (supplier, name) = (supplier.to_string(), name.to_string());
            let add = SupplierAct::Add { supplier: supplier.clone(), name, sealed_contact };
            life.staff("operator", MallAct::Supplier(add))?;
            let Some(staff) = login.map(String::from) else { return Ok(()) };
            life.staff("operator", MallAct::Supplier(SupplierAct::AddLogin { supplier, staff }))
        });
    }
    for (place, goods) in (0..).zip(&GOODS) {
        script.at((0, 120 + place), move |life| draft(life, goods));
        script.at((0, 240 + place), move |life| settle_fate(life, goods));
    }
    script.at((30, 60), |life| {
        let supplier = SUPPLIERS[3].0.to_string();
        life.staff("operator", MallAct::Supplier(SupplierAct::Suspend { supplier }))
    });
}

fn content(life: &Life<'_>, goods: &Goods) -> Content {
    let seen_at = Instant { seconds: life.now.seconds - 86_400, nanoseconds: 0 };
    let compared = (goods.id == "oil").then(|| ComparedPrice {
        price_fen: 16_800,
        source: "天河区某大型超市货架价".into(),
        seen_at,
        picture: "oil-shelf".into(),
    });
    let whole = Variant {
        id: "one".into(),
        name: "一份".into(),
        price_fen: goods.price,
        // What a price carries at full deduction is 38 % of it; freight is part of both sides.
        cost_fen: goods.price * 28 / 100 - goods.freight * 62 / 100,
        compared,
        is_offered: true,
    };
    Content {
        category: goods.category.into(),
        title: goods.title.into(),
        description: goods.description.into(),
        pictures: vec![goods.id.into()],
        freight_fen: goods.freight,
        variants: vec![whole],
    }
}

fn draft(life: &mut Life<'_>, goods: &Goods) -> Result<(), super::Fault> {
    let (product, supplier) = (goods.id.to_string(), goods.supplier.to_string());
    let content = content(life, goods);
    let draft = ProductAct::Draft { product, supplier, content };
    life.staff(login(goods.supplier), MallAct::Product(draft))
}

/// Looked at, stocked, and brought to where it is to stand.
fn settle_fate(life: &mut Life<'_>, goods: &Goods) -> Result<(), super::Fault> {
    if goods.fate == Draft {
        return Ok(());
    }
    let (product, login) = (goods.id.to_string(), login(goods.supplier));
    let publish = ProductAct::PutOnSale { product: product.clone(), version: 1 };
    life.staff("operator", MallAct::Product(publish))?;
    if goods.fate != SoldOut {
        let stock = ProductAct::Stock { product: product.clone(), variant: "one".into(), change: 200 };
        life.staff(login, MallAct::Product(stock))?;
    }
    match goods.fate {
        Changed => {
            let mut content = content(life, goods);
            content.description = "白瓷，薄胎，新款。".into();
            life.staff(login, MallAct::Product(ProductAct::Edit { product, version: 1, content }))
        }
        Withdrawn => life.staff(login, MallAct::Product(ProductAct::Withdraw { product })),
        OnSale | SoldOut | Draft => Ok(()),
    }
}
