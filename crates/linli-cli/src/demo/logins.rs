//! People of the demo world who can log in: a shopkeeper and a member by phone, four at a desk. Numbers, passwords and
//! codes are the same in every demo, which only its own machine can reach.

use crate::args::DataOptions;
use crate::data;
use anyhow::{Result, bail};
use linli_engine::{Form, Group, Limits, Place, Stamp, Writer, snapshots};
use linli_journal::vault::Vault;
use linli_platform::{Actor, Deed, PersonAct, Reference, Role, StaffAct};
use std::fmt;

/// The password of everybody at the demo's desk.
const PASSWORD: &str = "linli-demo-desk-2026";

/// The secret of their time-based codes, and the same in base 32.
const SECRET: &[u8; 20] = b"linli demo world 01!";
const SECRET_BASE32: &str = "NRUW43DJEBSGK3LPEB3W64TMMQQDAMJB";

/// Who is at the desk: two for whatever takes two people.
const DESK: [(&str, Role); 4] = [
    ("operator", Role::Operator),
    ("operator-2", Role::Operator),
    ("finance", Role::Finance),
    ("auditor", Role::Auditor),
];

/// Who can log in, as it is printed.
pub struct Logins {
    people: [(&'static str, &'static str, String); 2],
}

impl fmt::Display for Logins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n  phones 手机    codes are shown at /v1/sandbox/messages 验证码在此显示")?;
        for (what, phone, member) in &self.people {
            writeln!(f, "    {phone}  {what} ({member})")?;
        }
        writeln!(f, "  desk 后台      password 密码 {PASSWORD}  codes from 动态码密钥 {SECRET_BASE32}")?;
        for (id, role) in DESK {
            writeln!(f, "    {id:<12} {}", role.name())?;
        }
        writeln!(f)
    }
}

/// Makes sure that they are there.
pub fn ensure(options: &DataOptions, place: &Place) -> Result<Logins> {
    let (writer, skipped) = Writer::start(place.clone(), Limits::default())?;
    data::tell_skipped(&skipped);
    let replica = snapshots::open(&*place.snapshots, &mut *place.store.read()?)?.replica;
    let economy = replica.economy();
    let open = economy.state().stores().iter().find(|store| !store.closed);
    let Some(store) = open else { bail!("the demo world has no open store") };
    let members = economy.state().members();
    let others = members.iter().zip(0_u32..).filter(|(_, place)| store.owner.index() != *place as usize);
    let richest = others.max_by_key(|(member, place)| (member.points.0, u32::MAX - place));
    let Some((_, richest)) = richest else { bail!("the demo world has no member") };
    let balance = linli_economy::handle::MemberId::at(richest as usize);
    let Some(member) = balance else { bail!("the demo world has no member") };
    let name = |id| economy.member_name(id).to_string();
    let people =
        [("shopkeeper 店主", "13800000001", name(store.owner)), ("member 会员", "13800000002", name(member))];
    if replica.platform().staff.get(DESK[0].0).is_none() {
        let group = acts(&mut data::vault(options)?, &people)?;
        let answers = writer.ask(group, Stamp::now(), Form::Refusals)?;
        if let Some((_, refusal)) = answers.refused.first() {
            bail!("the demo's people could not be made: {refusal}");
        }
    }
    writer.close()?;
    Ok(Logins { people })
}

fn acts(vault: &mut Vault, people: &[(&str, &str, String)]) -> Result<Group> {
    let mut group = Group::new();
    for (_, phone, member) in people {
        let whole = format!("+86{phone}");
        let digest = vault.digest(linli_server::REFERENCES, "phone", whole.as_bytes())?;
        let (phone, _): (&Reference, _) = digest.split_first_chunk().expect("16 of 32 bytes");
        let sealed_phone = vault.seal(&format!("member:{member}"), "phone", whole.as_bytes())?;
        let attach = PersonAct::Attach { member: member.clone(), phone: *phone, sealed_phone };
        group.push_act(None, &Deed::new(Actor::Machine, attach));
    }
    let hash = linli_server::hash_password(PASSWORD);
    for (id, role) in DESK {
        let person = format!("staff:{id}");
        let sealed_password = vault.seal(&person, "password", hash.as_bytes())?;
        let sealed_totp = vault.seal(&person, "totp", SECRET)?;
        let (own, id, roles) = (Actor::Staff(id.into()), id.to_string(), [role].into());
        let add = StaffAct::Add {
            id: id.clone(),
            name: id.clone(),
            roles,
            sealed_password: sealed_password.clone(),
        };
        group.push_act(None, &Deed::new(Actor::Machine, add));
        // As if they had logged in before: who tries the demo need not set anything up.
        group.push_act(
            None,
            &Deed::new(own.clone(), StaffAct::SetPassword { id: id.clone(), sealed_password }),
        );
        group.push_act(None, &Deed::new(own, StaffAct::EnrolTotp { id, sealed_totp }));
    }
    Ok(group)
}
