//! Random streams, step by step, for properties to look at. `LINLI_FIRST_SEED` asks for others.

use linli_economy::Economy;
use linli_random::Stream;
use serde_json::Value;

const SEEDS: u64 = 200;
const LINES: u64 = 250;

/// One command with the economy before and after it.
pub struct Step {
    pub seed: u64,
    pub line: String,
    pub before: Economy,
    pub after: Economy,
    pub result: Value,
}

impl Step {
    /// Whether the command did something now.
    pub fn applied(&self) -> bool {
        self.result["ok"] == true && self.result["replayed"] != true
    }

    /// The command's name; nothing for a line that is none.
    pub fn command(&self) -> &str {
        self.line.split('"').nth(3).unwrap_or("")
    }

    /// Stops with the seed and the line where it does not hold.
    pub fn holds(&self, holds: bool, what: &str) {
        assert!(holds, "seed {}: {what}: {} gives {}", self.seed, self.line, self.result);
    }

    /// The line with this time instead of its own.
    pub fn dated(&self, at: &str) -> Option<String> {
        let mut value: Value = serde_json::from_str(&self.line).ok()?;
        value.as_object_mut()?.insert("at".into(), at.into());
        // A name that stands twice would be lost on the way.
        (self.result["error"] != "malformed").then(|| value.to_string())
    }

    /// What another line would have given in its place.
    pub fn instead(&self, line: &str) -> Value {
        result(&mut self.before.clone(), line)
    }
}

/// Shows every step of every stream.
pub fn each_step(look: impl Fn(&Step) + Sync) {
    each_stream(|seed, stream| {
        let mut economy = Economy::open(&stream.plan()).expect("the stream's plan");
        for number in 0..LINES {
            if number % 8 == 0 {
                stream.look(crate::support::seen(&economy));
            }
            let (line, before) = (stream.line(), economy.clone());
            let result = result(&mut economy, &line);
            stream.learn(result["ok"] == true);
            let step = Step { seed, line, before, after: economy, result };
            look(&step);
            economy = step.after;
        }
    });
}

/// Every stream, on two threads.
pub fn each_stream(run: impl Fn(u64, &mut Stream) + Sync) {
    let first = std::env::var("LINLI_FIRST_SEED").map_or(0, |text| text.parse().expect("a number"));
    let run = &run;
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || {
                (first..first + SEEDS)
                    .skip(half)
                    .step_by(2)
                    .for_each(|seed| run(seed, &mut Stream::new(seed)));
            });
        }
    });
}

/// The result line of a command, as JSON.
pub fn result(economy: &mut Economy, line: &str) -> Value {
    serde_json::from_str(&economy.apply(line).to_json()).expect("a result is JSON")
}
