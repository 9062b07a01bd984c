//! A store's page, and what may stand on it. Must not be added here: whether a file is there; the service asks for that.

use super::Place;
use crate::refusal::{Code, Refusal};
use crate::text::{Length, lines, plain, sealed};
use serde::{Deserialize, Serialize};

/// A name also stands on posters, which have room for this much.
const NAME: Length = Length { what: "a store's name", least: 1, most: 40 };
const ADDRESS: Length = Length { what: "an address", least: 1, most: 200 };
const DESCRIPTION: Length = Length { what: "a description", least: 0, most: 2_000 };
/// Photos of one store.
const MOST_PHOTOS: usize = 12;
/// Times of opening of one store.
const MOST_HOURS: usize = 14;
/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// What visitors see of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// Where it is on a map.
    pub place: Option<Place>,
    /// When it is open; nothing if that is not said.
    pub hours: Vec<Opening>,
    /// What it says of itself.
    pub description: String,
    /// A number that the owner chose to show.
    pub phone: Option<ShownPhone>,
    /// Names of its photos, the first one before all.
    pub photos: Vec<String>,
}

/// A number that is shown by choice: sealed all the same, so that it goes with the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPhone {
    /// Whose key has sealed it.
    pub member: String,
    /// The number, sealed.
    pub sealed: Vec<u8>,
}

/// When a store opens and closes on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// 1 is Monday, 7 is Sunday; in order, each once.
    pub days: Vec<u8>,
    /// Minutes after midnight in Asia/Shanghai.
    pub from_minute: u16,
    /// The same, at most a day after it opened: 26 hours are two o'clock of the next day.
    pub to_minute: u16,
}

impl Page {
    /// Whether a page can be like this.
    ///
    /// # Errors
    /// `bad_text`, `bad_place`, `bad_hours`, `bad_list`.
    pub fn check(&self) -> Result<(), Refusal> {
        plain(&NAME, &self.name)?;
        plain(&ADDRESS, &self.address)?;
        lines(&DESCRIPTION, &self.description)?;
        self.place.map_or(Ok(()), Place::check)?;
        self.check_hours()?;
        if let Some(phone) = &self.phone {
            sealed("a phone number", &phone.sealed)?;
        }
        file_names("photos", MOST_PHOTOS, &self.photos)
    }

    fn check_hours(&self) -> Result<(), Refusal> {
        if self.hours.len() <= MOST_HOURS && self.hours.iter().all(Opening::is_fit) {
            return Ok(());
        }
        let message = format!(
            "up to {MOST_HOURS} times of opening, each with days from 1 to 7 in order, opening within the day and \
             closing within 24 hours after that"
        );
        Err(Refusal::new(Code::BadHours, message))
    }
}

impl Opening {
    fn is_fit(&self) -> bool {
        let Self { days, from_minute, to_minute } = self;
        let in_order = days.windows(2).all(|pair| pair[0] < pair[1]);
        let in_week = !days.is_empty() && days.iter().all(|day| (1..=7).contains(day));
        let lasts = to_minute.checked_sub(*from_minute);
        in_order
            && in_week
            && *from_minute < DAY_MINUTES
            && lasts.is_some_and(|lasts| (1..=DAY_MINUTES).contains(&lasts))
    }
}

/// Names of files, each once: 64 digits of a hash.
pub(crate) fn file_names(what: &str, most: usize, names: &[String]) -> Result<(), Refusal> {
    let is_name = |name: &String| {
        name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    if names.len() <= most && distinct.len() == names.len() && names.iter().all(is_name) {
        return Ok(());
    }
    let message = format!("{what} are up to {most} names of files, each once, as uploads are answered with");
    Err(Refusal::new(Code::BadList, message))
}
