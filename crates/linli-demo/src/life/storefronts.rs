//! Each open store's page: a name, an address, hours and a place on the map, made from the store's number. Must not be
//! added here: a store.

use super::{Fault, Life, Script};
use linli_economy::handle::StoreId;
use linli_platform::division;
use linli_platform::storefront::{Opening, Page, Place, StorefrontAct};

/// Where the cities of the province are, in millionths of a degree; stores lie around.
const CITIES: [(&str, i32, i32); 21] = [
    ("4401", 23_129_000, 113_264_000),
    ("4402", 24_810_000, 113_597_000),
    ("4403", 22_543_000, 114_058_000),
    ("4404", 22_271_000, 113_577_000),
    ("4405", 23_354_000, 116_682_000),
    ("4406", 23_022_000, 113_122_000),
    ("4407", 22_579_000, 113_082_000),
    ("4408", 21_271_000, 110_359_000),
    ("4409", 21_663_000, 110_925_000),
    ("4412", 23_047_000, 112_465_000),
    ("4413", 23_112_000, 114_416_000),
    ("4414", 24_289_000, 116_122_000),
    ("4415", 22_787_000, 115_375_000),
    ("4416", 23_744_000, 114_701_000),
    ("4417", 21_858_000, 111_982_000),
    ("4418", 23_682_000, 113_056_000),
    ("4419", 23_021_000, 113_752_000),
    ("4420", 22_517_000, 113_393_000),
    ("4451", 23_657_000, 116_623_000),
    ("4452", 23_550_000, 116_373_000),
    ("4453", 22_915_000, 112_044_000),
];

const FIRST: [&str; 8] = ["和", "兴", "益", "德", "永", "福", "广", "泰"];
const KINDS: [&str; 6] = ["早餐店", "饭店", "鲜果店", "理发店", "裁缝铺", "眼镜行"];

/// Minutes after midnight: breakfast closes early, others late.
const HOURS: [(u16, u16); 6] =
    [(360, 660), (630, 1_320), (480, 1_290), (600, 1_260), (540, 1_140), (570, 1_260)];

pub fn write(script: &mut Script) {
    script.at((0, 10), |life| {
        let stores = life.lived.economy.state().stores().iter().enumerate();
        let open: Vec<_> = stores.filter(|(_, store)| !store.closed).map(|(place, _)| place).collect();
        open.into_iter().try_for_each(|place| change(life, place))
    });
}

fn change(life: &mut Life<'_>, number: usize) -> Result<(), Fault> {
    let economy = &life.lived.economy;
    let id = StoreId::at(number).expect("it is in the list");
    let (store, known) = (economy.store_name(id).to_string(), &economy.state().stores()[number]);
    let owner = economy.member_name(known.owner).to_string();
    let page = page(number, &known.district.to_string());
    life.member(&owner, StorefrontAct::Change { store, page })
}

fn page(number: usize, district: &str) -> Page {
    let name = division::find(district).map_or("", |division| division.name);
    let kind = number % KINDS.len();
    let street = 1 + number * 7 % 400;
    let (from_minute, to_minute) = HOURS[kind];
    Page {
        name: format!("{}记{}（{}）", FIRST[number / KINDS.len() % FIRST.len()], KINDS[kind], name),
        address: format!("{name}人民路 {street} 号"),
        place: place(number, district),
        hours: vec![Opening { days: (1..=7).collect(), from_minute, to_minute }],
        description: String::new(),
        phone: None,
        photos: Vec::new(),
    }
}

/// Within some ten kilometres of the city, each store somewhere else.
fn place(number: usize, district: &str) -> Option<Place> {
    let (_, latitude, longitude) = CITIES.iter().find(|(city, ..)| district.starts_with(city))?;
    let number = i32::try_from(number).ok()?;
    let aside = |step: i32| number.checked_mul(step).map(|far| far.rem_euclid(180_000) - 90_000);
    let (north, east) = (aside(37_813)?, aside(61_979)?);
    Some(Place { latitude_microdegrees: latitude + north, longitude_microdegrees: longitude + east })
}
