//! Accounts of the desk: roles, passwords, codes, and what needs two people.

use super::*;
use crate::platform::testing::Stage;

fn by(id: &str) -> Actor {
    Actor::Staff(id.into())
}

fn add(id: &str, roles: &[Role]) -> StaffAct {
    let roles = roles.iter().copied().collect();
    StaffAct::Add { id: id.into(), name: id.into(), roles, sealed_password: vec![1] }
}

/// Two operators, one of finance.
fn desk() -> Stage {
    let mut stage = Stage::new();
    for (id, role) in [("ann", Role::Operator), ("bo", Role::Operator), ("chen", Role::Finance)] {
        assert_eq!(stage.by_machine(add(id, &[role])), Ok(()));
    }
    stage
}

#[test]
fn accounts_are_added_once_with_roles_that_fit() {
    let mut stage = desk();
    assert_eq!(stage.act(by("ann"), add("bo", &[Role::Support])), Err(Code::StaffExists));
    assert_eq!(stage.act(by("ann"), add("bo", &[])), Err(Code::StaffExists), "whatever else is wrong");
    assert_eq!(stage.act(by("ann"), add("dan", &[])), Err(Code::BadRoles));
    assert_eq!(stage.act(by("ann"), add("dan", &[Role::Supplier, Role::Finance])), Err(Code::BadRoles));
    assert_eq!(stage.act(by("ann"), add("d an", &[Role::Support])), Err(Code::BadText));
    assert_eq!(stage.act(by("ann"), add("dan", &[Role::Supplier])), Ok(()));
}

#[test]
fn nobody_changes_their_own_roles_and_one_operator_stays() {
    let mut stage = desk();
    let set = |id: &str, role| StaffAct::SetRoles { id: id.into(), roles: [role].into() };
    assert_eq!(stage.act(by("chen"), set("chen", Role::Operator)), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.act(by("ann"), set("nobody", Role::Finance)), Err(Code::UnknownStaff));
    assert_eq!(stage.act(by("ann"), set("bo", Role::Finance)), Ok(()));
    assert_eq!(stage.act(by("bo"), set("ann", Role::Support)), Err(Code::LastOperator));
    assert_eq!(stage.act(by("bo"), StaffAct::End { id: "ann".into() }), Err(Code::LastOperator));
    assert_eq!(stage.act(by("ann"), StaffAct::End { id: "bo".into() }), Ok(()));
    assert_eq!(stage.act(by("ann"), StaffAct::End { id: "bo".into() }), Err(Code::UnknownStaff));
}

#[test]
fn a_password_is_its_owners_and_a_first_one_must_be_changed() {
    let mut stage = desk();
    let set = || StaffAct::SetPassword { id: "chen".into(), sealed_password: vec![2] };
    assert!(stage.platform.staff.get("chen").is_some_and(|chen| chen.has_first_password));
    assert_eq!(stage.act(by("ann"), set()), Err(Code::NotYours));
    assert_eq!(stage.act(by("chen"), set()), Ok(()));
    assert!(stage.platform.staff.get("chen").is_some_and(|chen| !chen.has_first_password));
    assert_eq!(stage.by_machine(set()), Ok(()));
    assert!(stage.platform.staff.get("chen").is_some_and(|chen| chen.has_first_password));
}

#[test]
fn lost_codes_are_given_up_by_two_colleagues() {
    let mut stage = desk();
    let enrol = |secret: u8| StaffAct::EnrolTotp { id: "chen".into(), sealed_totp: vec![secret] };
    let report = || StaffAct::ReportLostTotp { id: "chen".into() };
    let confirm = || StaffAct::ConfirmLostTotp { id: "chen".into() };
    assert_eq!(stage.act(by("ann"), report()), Err(Code::TotpNotEnrolled));
    assert_eq!(stage.act(by("ann"), enrol(1)), Err(Code::NotYours));
    assert_eq!(stage.act(by("chen"), enrol(1)), Ok(()));
    assert_eq!(stage.act(by("chen"), enrol(2)), Err(Code::TotpEnrolled));
    assert_eq!(stage.act(by("bo"), confirm()), Err(Code::UnknownReport));
    assert_eq!(stage.act(by("ann"), report()), Ok(()));
    assert_eq!(stage.act(by("ann"), confirm()), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.act(by("chen"), confirm()), Err(Code::SecondPersonNeeded));
    assert_eq!(stage.act(by("bo"), confirm()), Ok(()));
    assert_eq!(stage.act(by("chen"), enrol(3)), Ok(()));
}
