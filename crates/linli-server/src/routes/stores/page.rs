//! A store's page as requests say it and answers show it. Must not be added here: what may stand on it.

use crate::app::App;
use crate::people::Phone;
use crate::problem::{Code, Problem};
use linli_platform::storefront::{Opening, Page, Place, ShownPhone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What visitors see of a store.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PageForm {
    /// 1 to 40 characters.
    #[schema(example = "东记面馆")]
    name: String,
    /// Street and number, 1 to 200 characters.
    #[schema(example = "天河路 1 号")]
    address: String,
    /// Where it is on a map.
    place: Option<PlaceForm>,
    /// When it is open, up to 14 times.
    #[serde(default)]
    hours: Vec<OpeningForm>,
    /// Up to 2000 characters.
    #[serde(default)]
    description: String,
    /// A number that is shown to everybody; none unless one is said.
    phone: Option<String>,
    /// Up to 12 ids of uploaded photos, the first before all.
    #[serde(default)]
    photos: Vec<String>,
}

/// A place, in millionths of a degree.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceForm {
    /// North of the equator.
    #[schema(example = 23_129_163)]
    latitude_microdegrees: i32,
    /// East of Greenwich.
    #[schema(example = 113_264_435)]
    longitude_microdegrees: i32,
}

/// When a store is open on some days of the week, by the clock of Asia/Shanghai.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningForm {
    /// 1 is Monday, 7 is Sunday.
    #[schema(example = json!([1, 2, 3, 4, 5]))]
    days: Vec<u8>,
    /// When it opens.
    #[schema(example = "09:00")]
    from: String,
    /// When it closes; up to `from` it is the next day, and 24:00 is midnight.
    #[schema(example = "22:30")]
    to: String,
}

const DAY_MINUTES: u16 = 1_440;

/// Minutes after midnight of `09:30`.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |text: &str| {
        let is_fit = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_fit.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= DAY_MINUTES).then_some(all)
}

fn clock(minutes: u16) -> String {
    let minutes = if minutes > DAY_MINUTES { minutes - DAY_MINUTES } else { minutes };
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl OpeningForm {
    fn read(self) -> Result<Opening, Problem> {
        let bad = || Problem::new(Code::BadParameter, "times of the day are from 00:00 to 24:00");
        let (from_minute, to) = (minutes(&self.from).ok_or_else(bad)?, minutes(&self.to).ok_or_else(bad)?);
        let to_minute = if to <= from_minute { to + DAY_MINUTES } else { to };
        Ok(Opening { days: self.days, from_minute, to_minute })
    }

    fn of(opening: &Opening) -> Self {
        let Opening { days, from_minute, to_minute } = opening;
        Self { days: days.clone(), from: clock(*from_minute), to: clock(*to_minute) }
    }
}

impl PlaceForm {
    pub fn read(self) -> Place {
        let Self { latitude_microdegrees, longitude_microdegrees } = self;
        Place { latitude_microdegrees, longitude_microdegrees }
    }

    pub fn of(place: Place) -> Self {
        let Place { latitude_microdegrees, longitude_microdegrees } = place;
        Self { latitude_microdegrees, longitude_microdegrees }
    }
}

impl PageForm {
    /// The page, whose number is sealed for a member and whose photos are there.
    pub async fn read(self, app: &App, member: &str) -> Result<Page, Problem> {
        app.files.need_photos((app.clock)(), bounded(&self.photos)?).await?;
        let phone = match self.phone {
            None => None,
            Some(phone) => {
                let detail = "a phone number has its country, or is one of mainland China";
                let bad = || Problem::new(Code::BadParameter, detail);
                let plain = shown_number(&phone).ok_or_else(bad)?;
                let sealed =
                    app.secrets.seal(format!("member:{member}"), "shown_phone", plain.into()).await?;
                Some(ShownPhone { member: member.to_string(), sealed })
            }
        };
        Ok(Page {
            name: self.name,
            address: self.address,
            place: self.place.map(PlaceForm::read),
            hours: self.hours.into_iter().map(OpeningForm::read).collect::<Result<_, _>>()?,
            description: self.description,
            phone,
            photos: self.photos,
        })
    }

    /// The page as everybody sees it.
    pub async fn shown(app: &App, page: Page) -> Result<Self, Problem> {
        let phone = match page.phone {
            None => None,
            Some(ShownPhone { member, sealed }) => {
                let opened = app.secrets.open(format!("member:{member}"), "shown_phone", sealed).await?;
                opened.and_then(|phone| String::from_utf8(phone).ok())
            }
        };
        Ok(Self {
            name: page.name,
            address: page.address,
            place: page.place.map(PlaceForm::of),
            hours: page.hours.iter().map(OpeningForm::of).collect(),
            description: page.description,
            phone,
            photos: page.photos,
        })
    }
}

/// No more names than a page has are looked for.
fn bounded(names: &[String]) -> Result<&[String], Problem> {
    if names.len() > 12 {
        return Err(Problem::new(Code::BadParameter, "a page has up to 12 photos"));
    }
    Ok(names)
}

/// A mobile number, or one with an area code such as `020-87654321`.
fn shown_number(text: &str) -> Option<String> {
    if let Some(phone) = Phone::parse(text) {
        return Some(phone.whole().to_string());
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_fit = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' '));
    (is_fit && text.len() <= 20 && (7..=12).contains(&digits) && text.starts_with(['0', '4', '8']))
        .then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_day_are_read_and_shown() {
        for (text, minute) in [("00:00", Some(0)), ("09:30", Some(570)), ("24:00", Some(1_440))] {
            assert_eq!(minutes(text), minute);
        }
        for text in ["", "9:30", "09:60", "24:01", "25:00", "09:3", "-1:00", "09:30:00", "０９:３０"] {
            assert_eq!(minutes(text), None, "{text}");
        }
        let opening = OpeningForm { days: vec![1], from: "18:00".into(), to: "02:00".into() };
        let read = opening.read().expect("times");
        assert_eq!((read.from_minute, read.to_minute), (1_080, 1_560));
        assert_eq!(OpeningForm::of(&read).to, "02:00");
    }

    #[test]
    fn shops_have_numbers_with_area_codes_too() {
        for text in ["13800000000", "020-87654321", "400-800-1234"] {
            assert!(shown_number(text).is_some(), "{text}");
        }
        for text in ["", "1234567", "020-8765<b>", "call me", "020-876543210987654"] {
            assert_eq!(shown_number(text), None, "{text}");
        }
    }
}
