//! One document: what it says in two languages, where it stands, and who did what.

use super::Topic;
use crate::act::Actor;
use linli_economy::time::Instant;
use serde::{Deserialize, Serialize};

/// The version of the terms that hold until the operator has published others: that of [`Texts::first_terms`].
pub const FIRST_TERMS: u32 = 1;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A rule on this topic.
    Rule(Topic),
    /// An announcement.
    Announcement,
}

/// What a document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// The title in Chinese.
    pub title_zh: String,
    /// The title in English.
    pub title_en: String,
    /// The text in Chinese.
    pub text_zh: String,
    /// The text in English.
    pub text_en: String,
}

/// Where a document stands. A published rule holds from its date on, until the next version does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// Somebody works on it.
    Draft,
    /// It was made known.
    Published,
    /// It is shown no more.
    Withdrawn,
}

/// Who did something, and when.
pub type Mark = crate::plan_change::Mark;

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What it says; once it is published nobody changes it.
    pub texts: Texts,
    /// Where it stands.
    pub state: State,
    /// Which version of its topic it is, once it is published; announcements have none.
    pub version: Option<u32>,
    /// From when on it holds or is shown, once it is published.
    pub from: Option<Instant>,
    /// Who began it.
    pub drafted: Mark,
    /// Who wrote what it says now.
    pub written: Mark,
    /// Who published it.
    pub published: Option<Mark>,
    /// Who withdrew it.
    pub withdrawn: Option<Mark>,
    /// Why.
    pub why: Option<String>,
}

impl State {
    /// The name in interfaces.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Document {
    /// Whether it is published and its date has come.
    #[must_use]
    pub fn is_in_force(&self, now: Instant) -> bool {
        self.state == State::Published && self.from.is_some_and(|from| from <= now)
    }

    /// Whether everybody may read it: a rule from when it is published, an announcement from its date.
    #[must_use]
    pub fn is_public(&self, now: Instant) -> bool {
        match self.kind {
            Kind::Rule(_) => self.state == State::Published,
            Kind::Announcement => self.is_in_force(now),
        }
    }

    /// Who published it, if somebody has.
    #[must_use]
    pub fn publisher(&self) -> Option<&Actor> {
        self.published.as_ref().map(|mark| &mark.by)
    }
}

impl Texts {
    /// The terms that the program comes with, so that whoever registers first is shown what they agree to.
    #[must_use]
    pub fn first_terms() -> Self {
        Self {
            title_zh: "用户协议".into(),
            title_en: "Terms of use".into(),
            text_zh: "您在本平台注册账号、向门店付款，并可依照平台公布的方案获得积分。\n\
                      积分的价格由盈利池与积分总量决定，可能长期不变，不构成任何收益承诺；卖出积分以届时生效的方案为准。\n\
                      手机号仅用于登录与通知，加密保存；您可以查看并结束自己的登录会话。\n\
                      规则变更会提前公示，您可以在生效前停止使用并提现余额。"
                .into(),
            text_en: "You register with this platform, pay in its stores, and may get points by the plan that it \
                      publishes.\n\
                      The price of a point is the pool divided by the supply. It may stay as it is for a long time, and \
                      nobody promises any income; points are redeemed by the plan that is in force then.\n\
                      Your phone number is used to log in and to notify you, and is kept encrypted; you can see and end \
                      your sessions.\n\
                      Changes of rules are made known before they hold. Until then you can stop, and withdraw what you \
                      have."
                .into(),
        }
    }
}
