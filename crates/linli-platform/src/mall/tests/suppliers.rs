//! Suppliers and their logins: who is taken on, who may act for whom.

use super::stage::*;
use crate::act::Actor;
use crate::mall::MallAct;
use crate::mall::supplier::SupplierAct;
use crate::platform::testing::Stage;
use crate::refusal::Code;

fn add(supplier: &str, name: &str) -> MallAct {
    let (supplier, name) = (supplier.into(), name.into());
    MallAct::Supplier(SupplierAct::Add { supplier, name, sealed_contact: vec![1] })
}

fn update(supplier: &str, name: &str) -> MallAct {
    let (supplier, name) = (supplier.into(), name.into());
    MallAct::Supplier(SupplierAct::Update { supplier, name, sealed_contact: vec![2] })
}

fn suspend(supplier: &str) -> MallAct {
    MallAct::Supplier(SupplierAct::Suspend { supplier: supplier.into() })
}

fn reinstate(supplier: &str) -> MallAct {
    MallAct::Supplier(SupplierAct::Reinstate { supplier: supplier.into() })
}

fn add_login(supplier: &str, staff: &str) -> MallAct {
    MallAct::Supplier(SupplierAct::AddLogin { supplier: supplier.into(), staff: staff.into() })
}

fn remove_login(supplier: &str, staff: &str) -> MallAct {
    MallAct::Supplier(SupplierAct::RemoveLogin { supplier: supplier.into(), staff: staff.into() })
}

#[test]
fn a_supplier_is_taken_on_once() {
    let mut stage = Stage::new();
    refused(&mut stage, Actor::Machine, update("U1", "粮油店"), Code::UnknownMallSupplier);
    done(&mut stage, Actor::Machine, add("U1", "粮油"));
    refused(&mut stage, Actor::Machine, add("U1", "粮油"), Code::SupplierExists);
    done(&mut stage, Actor::Machine, update("U1", "粮油店"));
    let known =
        mall(&stage).suppliers().get("U1").map(|known| (known.name.as_str(), &known.sealed_contact[..]));
    assert_eq!(known, Some(("粮油店", &[2][..])));
    assert_eq!(mall(&stage).suppliers().iter().count(), 1);
}

#[test]
fn names_and_contacts_that_are_none_are_refused() {
    let mut stage = Stage::new();
    for act in [add("", "n"), add("a b", "n"), add("U1", ""), add("U1", " n"), add("U1", &"x".repeat(65))] {
        refused(&mut stage, Actor::Machine, act, Code::BadText);
    }
    for length in [0, 8_193] {
        let (supplier, name) = ("U1".to_owned(), "n".to_owned());
        let act = SupplierAct::Add { supplier, name, sealed_contact: vec![0; length] };
        refused(&mut stage, Actor::Machine, MallAct::Supplier(act), Code::BadText);
    }
}

#[test]
fn a_suspended_supplier_sells_nothing_and_still_ships() {
    let mut stage = stage();
    paid(&mut stage, "O1");
    refused(&mut stage, Actor::Machine, reinstate("U1"), Code::SupplierActive);
    done(&mut stage, Actor::Machine, suspend("U1"));
    refused(&mut stage, Actor::Machine, suspend("U1"), Code::SupplierSuspended);
    let wanted = basket("B2", &[wish("O2", "U1", 0, &[pick("P1", "a", 1, 10_000)])]);
    refused(&mut stage, member("M2"), wanted.clone(), Code::SupplierSuspended);
    done(&mut stage, staff("u1"), ship("O1"));
    done(&mut stage, Actor::Machine, reinstate("U1"));
    done(&mut stage, member("M2"), wanted);
}

#[test]
fn a_login_is_of_one_supplier() {
    let mut stage = stage();
    let desk = staff("desk");
    refused(&mut stage, desk.clone(), add_login("U3", "u3"), Code::UnknownMallSupplier);
    refused(&mut stage, desk.clone(), add_login("U2", "u1"), Code::LoginTaken);
    refused(&mut stage, desk.clone(), add_login("U2", "u 3"), Code::BadText);
    refused(&mut stage, desk.clone(), remove_login("U2", "u1"), Code::UnknownLogin);
    done(&mut stage, desk.clone(), remove_login("U1", "u1"));
    assert_eq!(mall(&stage).suppliers().of_login("u1"), None);
    done(&mut stage, desk, add_login("U2", "u1"));
    assert_eq!(mall(&stage).suppliers().of_login("u1"), Some("U2"));
}

#[test]
fn a_supplier_has_fifty_logins_at_most() {
    let mut stage = stage();
    for number in 1..50 {
        done(&mut stage, Actor::Machine, add_login("U1", &format!("more-{number}")));
    }
    refused(&mut stage, Actor::Machine, add_login("U1", "one-too-many"), Code::TooManyLogins);
}

#[test]
fn only_the_platform_takes_suppliers_on() {
    let mut stage = stage();
    for by in [staff("u1"), member("M2"), Actor::Service, Actor::Key("till".into()), Actor::Provider] {
        refused(&mut stage, by, add("U3", "n"), Code::MallNotYours);
    }
}

/// Whoever was a supplier's login must not become one of the platform's own by being removed.
#[test]
fn a_removed_login_may_do_nothing() {
    let mut stage = stage();
    paid(&mut stage, "O1");
    done(&mut stage, Actor::Machine, remove_login("U1", "u1"));
    refused(&mut stage, staff("u1"), ship("O1"), Code::MallNotYours);
    refused(&mut stage, staff("u1"), add("U3", "n"), Code::MallNotYours);
}
