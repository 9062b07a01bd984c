//! How large the world is.

use std::str::FromStr;

/// A size of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Made in a second: 60 stores, 3,000 members, 24,000 orders.
    Small,
    /// 2,000 stores, 200,000 members, 1,000,000 orders.
    City,
}

impl Size {
    pub(crate) fn stores(self) -> u64 {
        match self {
            Self::Small => 60,
            Self::City => 2_000,
        }
    }

    pub(crate) fn members(self) -> u64 {
        match self {
            Self::Small => 3_000,
            Self::City => 200_000,
        }
    }

    pub(crate) fn orders(self) -> u64 {
        match self {
            Self::Small => 24_000,
            Self::City => 1_000_000,
        }
    }

    /// How many cities of the province have stores.
    pub(crate) fn cities(self) -> usize {
        match self {
            Self::Small => 4,
            Self::City => 21,
        }
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "small" => Ok(Self::Small),
            "city" => Ok(Self::City),
            _ => Err("the sizes are small and city".into()),
        }
    }
}
