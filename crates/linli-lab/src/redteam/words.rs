//! What each attack is called, what it does, and which rule stops it, in two languages.

use crate::run::AttackKind;

/// The words of an attack.
pub struct Words {
    /// Its name in English.
    pub en: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// The rule that stops it, in English.
    pub rule_en: &'static str,
    /// The rule in Chinese.
    pub rule_zh: &'static str,
}

/// The words of an attack.
#[must_use]
pub fn words(kind: AttackKind) -> Words {
    match kind {
        AttackKind::WashTrading => Words {
            en: "wash trading",
            zh: "刷单对敲",
            rule_en: "Every order leaves its take behind; only mint × (1 − retention) of the pool's part is worth anything at once, and a low take counts less spending towards the cap.",
            rule_zh: "每笔订单都要付抽成；进入盈利池的部分只有“铸造比例 ×（1 − 回流）”立即有价值，抽成低的订单计入封顶的消费也按比例减少。",
        },
        AttackKind::SockPuppets => Words {
            en: "sock puppets",
            zh: "马甲账户",
            rule_en: "What one's own accounts earn by inviting each other is part of the take that they paid; the cap is counted account by account and no account gets back more than cap × (1 − retention) of its spending.",
            rule_zh: "自己的账户互相推荐所得，本来就是自己付出的抽成的一部分；封顶按账户计算，任何账户拿回的不超过消费 × 封顶 ×（1 − 回流）。",
        },
        AttackKind::Whale => Words {
            en: "whale in steps",
            zh: "大户分批卖出",
            rule_en: "Each step leaves its retention to everybody, the whale included; what steps gain over selling at once is at most that share of the retention, and the cap ends it.",
            rule_zh: "每次卖出的回流部分归所有人（包括大户自己）；分批比一次卖出多得的最多是回流中自己的份额，且以封顶为限。",
        },
        AttackKind::LastOneOut => Words {
            en: "last one out",
            zh: "最后离场者",
            rule_en: "A genesis keeps the supply from running dry, and whoever buys cheaply afterwards exits at cap × spending at once.",
            rule_zh: "创世积分使积分总量不会归零；之后低价买入者会立即在“封顶 × 消费”处退出。",
        },
        AttackKind::EarlyTinyOrders => Words {
            en: "early tiny orders",
            zh: "抢先小额订单",
            rule_en: "The cap bounds it: beside the store's own part, an order brings at most cap × (1 − retention) of itself, however early; a genesis at the start price takes the advantage away. Without one it pays, and only the alarm on circular orders (AML-2) sees it.",
            rule_zh: "封顶限制其规模：除门店自得部分外，一笔订单无论多早，最多拿回自身 × 封顶 ×（1 − 回流）；以起始价注入的创世积分会消除先到优势。没有创世积分时它有利可图，只有循环交易预警（AML-2）能发现。",
        },
        AttackKind::RefundAbuse => Words {
            en: "refund abuse",
            zh: "恶意退款",
            rule_en: "A refund charges points that are gone at the best rate they ever had, up to the refund; the hold before settling makes it rarer still.",
            rule_zh: "退款时，已卖出的积分按其最高兑付单价扣回（以退款额为限）；结算前的保留期使这种情况更少。",
        },
        AttackKind::DeductionFarming => Words {
            en: "farming deduction points",
            zh: "刷抵扣积分",
            rule_en: "Deduction points pay only part of a list price whose cash part must carry cost, rebate and shares (margin_too_thin); both orders leave their take behind.",
            rule_zh: "抵扣积分只能支付标价的一部分，现金部分必须覆盖成本、返点和各项分配（margin_too_thin）；两笔订单都要付抽成。",
        },
    }
}
