//! Random commands of relations.

use super::Stream;

impl Stream {
    pub(super) fn relation(&mut self) -> String {
        let (member, other) = (self.member(), self.member());
        match self.random.below(12) {
            0 | 1 => format!(r#""cmd":"bind","member":"{member}","inviter":"{other}""#),
            2 => format!(r#""cmd":"release","member":"{member}""#),
            3 => {
                let (store, extra) = (self.store(), self.store_extra());
                format!(r#""cmd":"update_store","store":"{store}"{extra}"#)
            }
            4 if self.random.percent(12) => format!(r#""cmd":"close_store","store":"{}""#, self.store()),
            4 | 5 => format!(r#""cmd":"appoint","region":"{}","agent":"{member}""#, self.region()),
            6 => format!(r#""cmd":"dismiss","region":"{}""#, self.region()),
            7 => format!(r#""cmd":"suspend","member":"{member}""#),
            8 => format!(r#""cmd":"reinstate","member":"{member}""#),
            9 | 10 => {
                let rank = *self.random.pick(&["null", r#""V0""#, r#""V1""#, r#""V2""#]);
                format!(r#""cmd":"set_rank","member":"{member}","rank":{rank}"#)
            }
            _ => {
                let (id, to) = (self.id(), self.member());
                let whom = if self.random.percent(50) {
                    format!(r#""members":["{member}","{other}"]"#)
                } else {
                    format!(r#""all_of":"{member}""#)
                };
                format!(r#""cmd":"rebind","case":"{id}",{whom},"to":"{to}""#)
            }
        }
    }
}
