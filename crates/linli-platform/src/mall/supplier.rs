//! Suppliers of the mall: who they are, and who logs in for them. A login belongs to one supplier only, and sees and
//! does only what is that supplier's. Must not be added here: a balance (the economy's `supplier:{id}`).

use super::Mall;
use crate::act::Actor;
use crate::refusal::{Code, Refusal};
use crate::text::{Length, id, plain, sealed};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const NAME: Length = Length { what: "a supplier's name", least: 1, most: 64 };
/// Logins that one supplier may have.
const MOST_LOGINS: usize = 50;

/// What is done with suppliers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SupplierAct {
    /// The platform takes somebody on.
    Add {
        /// Names them here and in the economy.
        supplier: String,
        /// What members read.
        name: String,
        /// Whom to call, sealed.
        sealed_contact: Vec<u8>,
    },
    /// Name and contact are others now.
    Update {
        /// Who.
        supplier: String,
        /// What members read.
        name: String,
        /// Whom to call, sealed.
        sealed_contact: Vec<u8>,
    },
    /// Nothing of theirs is sold; what is sold is still shipped.
    Suspend {
        /// Who.
        supplier: String,
    },
    /// They sell again.
    Reinstate {
        /// Who.
        supplier: String,
    },
    /// Somebody may act for them.
    AddLogin {
        /// For whom.
        supplier: String,
        /// The person, as in [`Actor::Staff`].
        staff: String,
    },
    /// Somebody may not act for them any more.
    RemoveLogin {
        /// For whom.
        supplier: String,
        /// The person.
        staff: String,
    },
}

impl SupplierAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_supplier",
            Self::Update { .. } => "update_supplier",
            Self::Suspend { .. } => "suspend_supplier",
            Self::Reinstate { .. } => "reinstate_supplier",
            Self::AddLogin { .. } => "add_supplier_login",
            Self::RemoveLogin { .. } => "remove_supplier_login",
        }
    }

    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Add { supplier, .. }
            | Self::Update { supplier, .. }
            | Self::Suspend { supplier }
            | Self::Reinstate { supplier }
            | Self::AddLogin { supplier, .. }
            | Self::RemoveLogin { supplier, .. } => supplier,
        }
    }
}

/// A supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    /// What members read.
    pub name: String,
    /// Whom to call, sealed.
    pub sealed_contact: Vec<u8>,
    /// Who may act for them.
    pub logins: BTreeSet<String>,
    /// Whether nothing of theirs is sold.
    pub is_suspended: bool,
}

/// The suppliers that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppliers {
    by_id: BTreeMap<String, Supplier>,
    /// For whom each login acts; nobody any more where it was removed, and then not for the platform either.
    by_login: BTreeMap<String, Option<String>>,
}

impl Suppliers {
    /// The supplier of this id.
    #[must_use]
    pub fn get(&self, supplier: &str) -> Option<&Supplier> {
        self.by_id.get(supplier)
    }

    /// All suppliers by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Supplier)> {
        self.by_id.iter().map(|(id, supplier)| (id.as_str(), supplier))
    }

    /// For whom a person logs in.
    #[must_use]
    pub fn of_login(&self, staff: &str) -> Option<&str> {
        self.by_login.get(staff)?.as_deref()
    }

    /// Whether a person has ever logged in for a supplier.
    pub(super) fn has_been_login(&self, staff: &str) -> bool {
        self.by_login.contains_key(staff)
    }

    pub(super) fn known(&self, supplier: &str) -> Result<&Supplier, Refusal> {
        let unknown = || Refusal::new(Code::UnknownMallSupplier, format!("there is no supplier {supplier}"));
        self.get(supplier).ok_or_else(unknown)
    }

    /// The supplier, if they may sell.
    pub(super) fn active(&self, supplier: &str) -> Result<&Supplier, Refusal> {
        let suspended =
            || Refusal::new(Code::SupplierSuspended, format!("the supplier {supplier} is suspended"));
        self.known(supplier)?.is_active().ok_or_else(suspended)
    }

    pub(super) fn figure(&self) -> u64 {
        u64::try_from(self.by_id.len() + self.by_login.len()).expect("64 bits")
    }

    pub(super) fn apply(&mut self, act: &SupplierAct) {
        if let SupplierAct::Add { supplier, name, sealed_contact } = act {
            let (name, sealed_contact) = (name.clone(), sealed_contact.clone());
            let added = Supplier { name, sealed_contact, logins: BTreeSet::new(), is_suspended: false };
            self.by_id.insert(supplier.clone(), added);
            return;
        }
        let known = self.by_id.get_mut(act.subject()).expect("checked: the supplier is there");
        match act {
            SupplierAct::Add { .. } => {}
            SupplierAct::Update { name, sealed_contact, .. } => {
                known.name.clone_from(name);
                known.sealed_contact.clone_from(sealed_contact);
            }
            SupplierAct::Suspend { .. } => known.is_suspended = true,
            SupplierAct::Reinstate { .. } => known.is_suspended = false,
            SupplierAct::AddLogin { supplier, staff } => {
                known.logins.insert(staff.clone());
                self.by_login.insert(staff.clone(), Some(supplier.clone()));
            }
            SupplierAct::RemoveLogin { staff, .. } => {
                known.logins.remove(staff);
                self.by_login.insert(staff.clone(), None);
            }
        }
    }
}

impl Supplier {
    fn is_active(&self) -> Option<&Self> {
        (!self.is_suspended).then_some(self)
    }
}

impl Mall {
    pub(super) fn check_supplier(&self, by: &Actor, act: &SupplierAct) -> Result<(), Refusal> {
        self.operator_only(by)?;
        match act {
            SupplierAct::Add { supplier, name, sealed_contact } => {
                id(supplier)?;
                plain(&NAME, name)?;
                sealed("a contact", sealed_contact)?;
                if self.suppliers.get(supplier).is_some() {
                    let message = format!("there is a supplier {supplier}");
                    return Err(Refusal::new(Code::SupplierExists, message));
                }
                Ok(())
            }
            SupplierAct::Update { supplier, name, sealed_contact } => {
                plain(&NAME, name)?;
                sealed("a contact", sealed_contact)?;
                self.suppliers.known(supplier).map(|_| ())
            }
            SupplierAct::Suspend { supplier } => self.suppliers.active(supplier).map(|_| ()),
            SupplierAct::Reinstate { supplier } => match self.suppliers.known(supplier)?.is_active() {
                None => Ok(()),
                Some(_) => {
                    let message = format!("the supplier {supplier} is not suspended");
                    Err(Refusal::new(Code::SupplierActive, message))
                }
            },
            SupplierAct::AddLogin { supplier, staff } => self.check_new_login(supplier, staff),
            SupplierAct::RemoveLogin { supplier, staff } => {
                if self.suppliers.known(supplier)?.logins.contains(staff) {
                    return Ok(());
                }
                let message = format!("{staff} is no login of the supplier {supplier}");
                Err(Refusal::new(Code::UnknownLogin, message))
            }
        }
    }

    fn check_new_login(&self, supplier: &str, staff: &str) -> Result<(), Refusal> {
        id(staff)?;
        let logins = self.suppliers.known(supplier)?.logins.len();
        if let Some(taken) = self.suppliers.of_login(staff) {
            let message = format!("{staff} is a login of the supplier {taken}");
            return Err(Refusal::new(Code::LoginTaken, message));
        }
        if logins >= MOST_LOGINS {
            let message = format!("a supplier has at most {MOST_LOGINS} logins, and {supplier} has {logins}");
            return Err(Refusal::new(Code::TooManyLogins, message));
        }
        Ok(())
    }
}
