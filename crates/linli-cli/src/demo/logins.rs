//! People of the demo world who can log in: members by phone, a desk with every role, and the last days of the world,
//! which they live. Numbers, passwords and codes are the same in every demo, which only its own machine can reach.

use super::last_days::{self, Sealing};
use crate::args::DataOptions;
use crate::data;
use anyhow::{Context, Result, bail};
use linli_demo::World;
use linli_demo::life::{self, Cast};
use linli_economy::time::Instant;
use linli_engine::{Limits, Place, Stamp, Writer, snapshots};
use linli_journal::vault::Vault;
use linli_platform::{Actor, Deed, PersonAct, Platform, Reference, Role, StaffAct};
use std::fmt;

/// The password of everybody at the demo's desk.
const PASSWORD: &str = "linli-demo-desk-2026";

/// The secret of their time-based codes, and the same in base 32.
const SECRET: &[u8; 20] = b"linli demo world 01!";
const SECRET_BASE32: &str = "NRUW43DJEBSGK3LPEB3W64TMMQQDAMJB";

/// Who is at the desk: two for whatever takes two people, and who acts for two suppliers of the mall.
const DESK: [(&str, Role); 9] = [
    ("operator", Role::Operator),
    ("operator-2", Role::Operator),
    ("finance", Role::Finance),
    ("finance-2", Role::Finance),
    ("support", Role::Support),
    ("auditor", Role::Auditor),
    ("developer", Role::Developer),
    ("supplier", Role::Supplier),
    ("supplier-2", Role::Supplier),
];

/// Members who can log in.
const PHONES: [(&str, &str); 5] = [
    ("shopkeeper 店主", "13800000001"),
    ("member 会员", "13800000002"),
    ("cashier 收银", "13800000003"),
    ("agent 代理", "13800000004"),
    ("recruiter 招商人", "13800000005"),
];

/// Who can log in, as it is printed.
pub struct Logins {
    people: Vec<(&'static str, &'static str, String)>,
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
pub fn ensure(options: &DataOptions, place: &Place, world: World) -> Result<Logins> {
    let replica = snapshots::open(&*place.snapshots, &mut *place.store.read()?)?.replica;
    let mut vault = data::vault(options)?;
    if replica.platform().staff.get(DESK[0].0).is_some() {
        return logins(&mut vault, replica.platform());
    }
    let written_at = replica.economy().state().clock();
    drop(replica);
    let (writer, skipped) = Writer::start(place.clone(), Limits::default())?;
    data::tell_skipped(&skipped);
    let economy = world.into_economy();
    let cast = Cast::of(&economy).context("the demo world has nobody who could log in")?;
    let members = [cast.owner.as_str(), &cast.member, cast.cashier(), &cast.agent, &cast.recruiter];
    let first = acts(&mut vault, &members.map(ToString::to_string))?;
    let Stamp::At(now) = Stamp::now() else { bail!("the clock tells no time") };
    let now = Instant { nanoseconds: 0, ..now };
    if written_at > life::begins(now) {
        bail!("something was written into the demo before it was complete: make it anew, in another folder");
    }
    let lived = life::live(economy, first, &mut Sealing(&mut vault), now);
    let lived = lived.context("the demo's year has nobody who could live its last days")?;
    if let Some(first) = lived.refused.first() {
        bail!("{} things of the demo's last days were refused, the first: {first}", lived.refused.len());
    }
    last_days::send(&writer, &lived.entries)?;
    writer.close()?;
    logins(&mut vault, &lived.platform)
}

fn phone_reference(vault: &mut Vault, phone: &str) -> Result<Reference> {
    let digest = vault.digest(linli_server::REFERENCES, "phone", format!("+86{phone}").as_bytes())?;
    let (reference, _) = digest.split_first_chunk().expect("16 of 32 bytes");
    Ok(*reference)
}

/// Those of the phones that somebody has.
fn logins(vault: &mut Vault, platform: &Platform) -> Result<Logins> {
    let mut people = Vec::new();
    for (what, phone) in PHONES {
        let reference = phone_reference(vault, phone)?;
        let member = platform.people.with_phone(&reference);
        people.extend(member.map(|member| (what, phone, member.to_string())));
    }
    Ok(Logins { people })
}

fn acts(vault: &mut Vault, members: &[String; PHONES.len()]) -> Result<Vec<Deed>> {
    let mut deeds = Vec::new();
    for ((_, phone), member) in PHONES.iter().zip(members) {
        let whole = format!("+86{phone}");
        let reference = phone_reference(vault, phone)?;
        let sealed_phone = vault.seal(&format!("member:{member}"), "phone", whole.as_bytes())?;
        let attach = PersonAct::Attach { member: member.clone(), phone: reference, sealed_phone };
        deeds.push(Deed::new(Actor::Machine, attach));
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
        deeds.push(Deed::new(Actor::Machine, add));
        // As if they had logged in before: who tries the demo need not set anything up.
        deeds.push(Deed::new(own.clone(), StaffAct::SetPassword { id: id.clone(), sealed_password }));
        deeds.push(Deed::new(own, StaffAct::EnrolTotp { id, sealed_totp }));
    }
    Ok(deeds)
}
