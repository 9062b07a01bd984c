//! Lines that are changed a little, and lines that are none.

use super::Stream;

impl Stream {
    pub(super) fn changed(&mut self, line: &str) -> String {
        let changes = [
            (r#""amount":""#, r#""amount":"0"#),
            ("M1", "M2"),
            ("S1", "S2"),
            ("settle", "pay"),
            (",", " , "),
        ];
        let (from, to) = *self.random.pick(&changes);
        line.replacen(from, to, 1)
    }

    pub(super) fn nonsense(&mut self) -> String {
        let lines = [
            "{",
            "[]",
            "null",
            r#"{"cmd":"fly"}"#,
            r#"{"cmd":"settle"}"#,
            r#"{"cmd":"release","member":""}"#,
            r#"{"cmd":"release","member":"a:b"}"#,
            r#"{"cmd":"release","member":"M1","member":"M1"}"#,
            r#"{"cmd":"release","member":"M1","x":1}"#,
            r#"{"cmd":"redeem","request":"R","member":"M1","points":1}"#,
            r#"{"cmd":"redeem","request":"R","member":"M1","points":"1."}"#,
            r#"{"cmd":"set_rank","member":"M1"}"#,
            r#"{"cmd":"settle","order":"X","store":"S1"}"#,
            r#"{"cmd":"release","member":"M1","at":"now"}"#,
            r#"{"cmd":"deposit","id":"D","platform":"fees","amount":"1.00"}"#,
            r#"{"cmd":"withdraw","id":"D","platform":"profit","store":"S1","amount":"1.00"}"#,
            r#"{"cmd":"inject","id":"I","amount":"-1.00"}"#,
            r#"{"cmd":"inject","id":"I","amount":"1.001"}"#,
            r#"{"cmd":"inject","id":"I","amount":"100000000000.01"}"#,
            r#"{"cmd":"inject","id":"I","amount":"0"}"#,
        ];
        (*self.random.pick(&lines)).to_string()
    }
}
