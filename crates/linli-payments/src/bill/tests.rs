//! The form of a bill.

use super::*;
use crate::error::Code;

const BILL: &str = "kind,id,payment,charge,amount,at
payment,P1,,C1,10.00,1767196800
refund,R1,P1,C1,2.50,1767196801
payout,O1,,,3.00,1767283198
payout_returned,O1,,,3.00,1767283199
split,S1,,C1,1.00,1767200000
total,5,,,19.50,2026-01-01
";

#[test]
fn what_is_written_is_read_again() {
    let bill = Bill::read(BILL.as_bytes()).expect("a bill");
    assert_eq!(bill.lines.len(), 5);
    assert_eq!(bill.write(), BILL);
    let empty = "kind,id,payment,charge,amount,at\ntotal,0,,,0.00,2026-01-01\n";
    assert_eq!(Bill::read(empty.as_bytes()).expect("a quiet day").write(), empty);
    assert_eq!(Bill::read(BILL.replace('\n', "\r\n").as_bytes()), Ok(bill), "as spreadsheets write it");
}

#[test]
fn a_bad_row_is_named_by_line_column_and_reason() {
    for (from, to, named) in [
        ("kind,id", "id,kind", "line 1: the first line of a bill is kind,id,payment,charge,amount,at"),
        ("payment,P1,,", "deposit,P1,,", "line 2, kind: no kind of movement that is known"),
        ("payment,P1,,", "payment,P 1,,", "line 2, id: an id has"),
        ("payment,P1,,", "payment,P1,P1,", "line 2, payment: empty for this kind"),
        ("refund,R1,P1,", "refund,R1,,", "line 3, payment: an id has"),
        ("refund,R1,P1,C1", "refund,R1,P1,", "line 3, charge: an id has"),
        (",2.50,", ",2.505,", "line 3, amount: an amount in yuan has"),
        (",2.50,", ",-2.50,", "line 3, amount: an amount in yuan has"),
        (",2.50,", ",0.00,", "line 3, amount: an amount is 1 to"),
        ("1767283199", "1767283200", "line 5, at: 1767283200 is not of 2026-01-01"),
        ("1767196800", "1767196799", "line 2, at: 1767196799 is not of 2026-01-01"),
        ("1767196800", "+1767196800", "line 2, at: no number"),
        ("split,S1,,C1,1.00", "split,S1,,C1,\"1.00\",7", "line 6: 7 columns, not 6"),
        ("total,5", "total,6", "line 7, id: it is 6, and the lines make it 5"),
        ("19.50", "19.51", "line 7, amount: it is 19.51, and the lines make it 19.50"),
        ("2026-01-01\n", "2026-13-01\n", "line 7, at: a day has the form"),
        ("total,5,,,19.50,2026-01-01\n", "", "the last line of a bill begins with total"),
        ("payout,O1", "payout,\u{fffd}1", "line 4, id: an id has"),
    ] {
        let text = BILL.replace(from, to);
        assert_ne!(text, BILL, "{from}");
        let refusal = Bill::read(text.as_bytes()).expect_err(named);
        assert_eq!(refusal.code, Code::BadBill);
        assert!(refusal.message.starts_with(named), "{refusal} is not {named}");
    }
    let no_text = [BILL.as_bytes(), b"\xff,,,,,\n"].concat();
    assert_eq!(Bill::read(&no_text).expect_err("bytes").message, "line 8: not UTF-8");
    assert_eq!(Bill::read(b"").expect_err("nothing").code, Code::BadBill);
}
