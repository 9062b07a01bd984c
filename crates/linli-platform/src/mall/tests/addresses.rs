//! Address books: twenty addresses, one of them the default, each of its member alone.

use super::stage::*;
use crate::act::Actor;
use crate::mall::MallAct;
use crate::mall::address::AddressAct;
use crate::refusal::Code;

fn add(address: &str, text: &[u8]) -> MallAct {
    let (member, address) = ("M2".into(), address.into());
    MallAct::Address(AddressAct::Add { member, address, sealed_text: text.to_vec() })
}

fn change(address: &str, text: &[u8]) -> MallAct {
    let (member, address) = ("M2".into(), address.into());
    MallAct::Address(AddressAct::Change { member, address, sealed_text: text.to_vec() })
}

fn remove(address: &str) -> MallAct {
    MallAct::Address(AddressAct::Remove { member: "M2".into(), address: address.into() })
}

fn make_default(address: &str) -> MallAct {
    MallAct::Address(AddressAct::MakeDefault { member: "M2".into(), address: address.into() })
}

#[test]
fn the_first_address_is_the_default_until_another_is() {
    let mut stage = stage();
    let by = member("M2");
    refused(&mut stage, by.clone(), make_default("A1"), Code::UnknownAddress);
    done(&mut stage, by.clone(), add("A1", &[1]));
    done(&mut stage, by.clone(), add("A2", &[2]));
    let default =
        |stage: &_| mall(stage).addresses().of("M2").and_then(|book| book.default_id().map(str::to_owned));
    assert_eq!(default(&stage).as_deref(), Some("A1"));
    done(&mut stage, by.clone(), make_default("A2"));
    assert_eq!(default(&stage).as_deref(), Some("A2"));
    done(&mut stage, by.clone(), change("A1", &[3]));
    let book = mall(&stage).addresses().of("M2").expect("a book");
    assert_eq!((book.get("A1"), book.iter().count()), (Some(&[3][..]), 2));
    done(&mut stage, by.clone(), remove("A2"));
    assert_eq!(default(&stage), None);
    refused(&mut stage, by.clone(), remove("A2"), Code::UnknownAddress);
    refused(&mut stage, by.clone(), change("A2", &[1]), Code::UnknownAddress);
    refused(&mut stage, by.clone(), add("A2", &[1]), Code::AddressExists);
    refused(&mut stage, by, add("A1", &[1]), Code::AddressExists);
}

#[test]
fn addresses_are_their_member_s_alone() {
    let mut stage = stage();
    for by in [Actor::Machine, staff("desk"), staff("u1"), member("M1"), Actor::Service] {
        refused(&mut stage, by, add("A1", &[1]), Code::MallNotYours);
    }
    let nobody = AddressAct::Add { member: "M9".into(), address: "A1".into(), sealed_text: vec![1] };
    refused(&mut stage, member("M9"), MallAct::Address(nobody), Code::UnknownBuyer);
    refused(&mut stage, member("M2"), add("A1", &[]), Code::BadText);
    refused(&mut stage, member("M2"), add("A 1", &[1]), Code::BadText);
    done(&mut stage, member("M2"), add("A1", &[1]));
    refused(&mut stage, member("M2"), change("A1", &[]), Code::BadText);
}

#[test]
fn a_book_has_twenty_addresses_and_two_hundred_ever() {
    let mut stage = stage();
    for number in 0..20 {
        done(&mut stage, member("M2"), add(&format!("A{number}"), &[1]));
    }
    refused(&mut stage, member("M2"), add("A20", &[1]), Code::TooManyAddresses);
    for number in 20..200 {
        done(&mut stage, member("M2"), remove(&format!("A{}", number - 20)));
        done(&mut stage, member("M2"), add(&format!("A{number}"), &[1]));
    }
    done(&mut stage, member("M2"), remove("A199"));
    refused(&mut stage, member("M2"), add("A200", &[1]), Code::TooManyAddresses);
}
