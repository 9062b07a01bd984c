//! Rules and announcements: one that holds, one that will, a draft, one that was withdrawn. Must not be added here: the
//! terms that come with the program.

use super::{Fault, Life, Script};
use linli_platform::document::{DocumentAct, Kind, Texts, Topic};

/// What becomes of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Published,
    Draft,
    Withdrawn,
}

pub fn write(script: &mut Script) {
    let points = (
        ("积分规则", "Points"),
        (
            "积分由盈利池支持：价格 = 盈利池 ÷ 积分总量。卖出时一部分留在池中。价格不是承诺。",
            "Points are backed by the pool: price = pool ÷ supply. A part of what is redeemed stays in the pool. The price is no promise.",
        ),
    );
    let returns = (
        ("商城退货", "Returns in the mall"),
        (
            "收货后七天内可申请退货，商家三天内答复。",
            "A return can be asked for within seven days of receipt; the supplier answers within three.",
        ),
    );
    let opening = (
        ("演示城市欢迎您", "Welcome to the demo city"),
        ("这里的一切都是演示数据，没有真实资金。", "All of this is demo data; no real money is in it."),
    );
    let pause = (
        ("系统维护", "Maintenance"),
        ("本周日凌晨两点至三点维护。", "The service is maintained on Sunday from two to three at night."),
    );
    for (id, day, kind, texts, fate) in [
        ("rule-points", 1, Kind::Rule(Topic::Points), points, Fate::Published),
        ("rule-mall", 38, Kind::Rule(Topic::Mall), returns, Fate::Published),
        ("announcement-welcome", 2, Kind::Announcement, opening, Fate::Published),
        ("announcement-maintenance", 10, Kind::Announcement, pause, Fate::Withdrawn),
        ("announcement-draft", 39, Kind::Announcement, pause, Fate::Draft),
    ] {
        script.at((day, 400), move |life| draft(life, id, kind, texts));
        script.at((day, 410), move |life| decide(life, id, fate));
    }
}

type Said = ((&'static str, &'static str), (&'static str, &'static str));

fn draft(life: &mut Life<'_>, id: &str, kind: Kind, said: Said) -> Result<(), Fault> {
    let ((title_zh, title_en), (text_zh, text_en)) = said;
    let texts = Texts {
        title_zh: title_zh.into(),
        title_en: title_en.into(),
        text_zh: text_zh.into(),
        text_en: text_en.into(),
    };
    life.staff("operator", DocumentAct::Draft { id: id.into(), kind, texts })
}

fn decide(life: &mut Life<'_>, id: &str, fate: Fate) -> Result<(), Fault> {
    if fate == Fate::Draft {
        return Ok(());
    }
    life.staff("operator", DocumentAct::Publish { id: id.into(), from: None })?;
    match fate {
        Fate::Withdrawn => {
            life.staff("operator", DocumentAct::Withdraw { id: id.into(), reason: "已改期".into() })
        }
        Fate::Published | Fate::Draft => Ok(()),
    }
}
