//! What kinds of values there are. Must not be added here: their form.

/// A kind of values; keys are unique within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Single values: whose records these are, the clock, counters.
    Setting,
    /// Asks with their receipts, by kind and id.
    Ask,
    /// Which ask came in as which.
    Asked,
    /// Charges, by the provider's id.
    Charge,
    /// Events, by subject and number.
    Event,
    /// Where an event is, by its id.
    EventId,
    /// Bills, by day.
    Bill,
    /// Lines of the sandbox's bills, by day and number.
    Movement,
    /// Which payment a page of the sandbox is of.
    Page,
    /// Payments of the sandbox that will be paid, and when.
    Delayed,
    /// What the sandbox will do, by time and number.
    Due,
    /// Callbacks of the sandbox, by id.
    Callback,
    /// Which callback is to be sent when, by time and number.
    CallbackDue,
    /// What a desk had the sandbox do, by the name of the write.
    Write,
}

impl Space {
    /// As it is written; it never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Ask => "ask",
            Self::Asked => "asked",
            Self::Charge => "charge",
            Self::Event => "event",
            Self::EventId => "event_id",
            Self::Bill => "bill",
            Self::Movement => "movement",
            Self::Page => "page",
            Self::Delayed => "delayed",
            Self::Due => "due",
            Self::Callback => "callback",
            Self::CallbackDue => "callback_due",
            Self::Write => "write",
        }
    }
}
