//! One act of each kind, and the binary form that it is written in for ever.

use super::*;

pub fn one_of_each() -> Vec<CheckoutAct> {
    let (id, payment, source) = ("R".into(), "P".into(), of_order("O"));
    vec![
        CheckoutAct::Collect { code: "K".into(), store: "S".into(), fen: 300, minutes: 5 },
        CheckoutAct::CancelCode { code: "K".into() },
        open("P", Some("M"), &[from_spend("O", 3, 2)]),
        arrived("P", "c", 300),
        declined("P"),
        closed("P"),
        expire("P"),
        carry_out("P", "O"),
        give_up("P", "O", "x"),
        CheckoutAct::ReturnBegun { id, payment, source, fen: 300 },
        done("R"),
        failed("R"),
    ]
}

#[test]
fn the_binary_form_of_each_act_stays() {
    let forms: [&[u8]; 12] = [
        b"\x00\x01K\x01S\xac\x02\x05",
        b"\x01\x01K",
        b"\x02\x01P\x01\x01M\x01\x00\x01O\x02S1\x03\x02\x00\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x00",
        b"\x03\x01P\x07event.c\x01c\xac\x02\x01\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x80\xe4\xad\x95\x0d\x00",
        b"\x04\x01P",
        b"\x05\x01P",
        b"\x06\x01P",
        b"\x07\x01P\x01O",
        b"\x08\x01P\x01O\x01x",
        b"\x09\x01R\x01P\x00\x01O\xac\x02",
        b"\x0a\x01R\x80\xe4\xad\x95\x0d\x00",
        b"\x0b\x01R\x0eACCOUNT.CLOSED",
    ];
    let acts = one_of_each();
    assert_eq!(acts.len(), forms.len());
    for (act, form) in acts.iter().zip(forms) {
        assert_eq!(postcard::to_stdvec(act).as_deref(), Ok(form), "{act:?}");
    }
}

#[test]
fn each_act_is_about_an_id() {
    let subjects: Vec<_> = one_of_each().iter().map(|act| act.subject().to_owned()).collect();
    assert_eq!(subjects, ["K", "K", "P", "P", "P", "P", "P", "O", "O", "R", "R", "R"]);
}
