//! The statements on an outbox, in words that both databases know. Must not be added here: what is done with rows.

/// The newest format that is known here.
pub const FORMAT: i64 = 1;

pub const CHECKPOINT: &str = "SELECT seq, format FROM checkpoint";

pub const MOVE_CHECKPOINT: &str = "UPDATE checkpoint SET seq = $1 WHERE seq = $2";

pub const ADD: &str = "INSERT INTO effect (key, kind, target, seq, payload, due_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key) DO NOTHING";

pub const CONTENT: &str = "SELECT kind, target, seq, payload FROM effect WHERE key = $1";

/// What `rows.rs` reads a row from.
macro_rules! columns {
    () => {
        "effect.id, effect.key, effect.kind, effect.target, effect.seq, effect.payload, effect.due_at, effect.state,
        effect.attempts, effect.ended_at, effect.claims"
    };
}

/// While a row is claimed its time is the end of the claim, so that nothing has to come to free it.
pub const CLAIM_POSTGRES: &str = concat!(
    "UPDATE effect SET due_at = $1, claims = effect.claims + 1, is_claimed = 1
    FROM (SELECT id FROM effect WHERE state = 'pending' AND due_at <= $2
            AND kind IN (SELECT json_array_elements_text(CAST(CAST($3 AS text) AS json)))
            AND target NOT IN (SELECT json_array_elements_text(CAST(CAST($4 AS text) AS json)))
        ORDER BY due_at, id LIMIT $5 FOR UPDATE SKIP LOCKED) AS due
    WHERE effect.id = due.id RETURNING ",
    columns!()
);

/// SQLite has one writer at a time, so that no row is passed over.
pub const CLAIM_SQLITE: &str = concat!(
    "UPDATE effect SET due_at = $1, claims = claims + 1, is_claimed = 1
    WHERE id IN (SELECT id FROM effect WHERE state = 'pending' AND due_at <= $2
            AND kind IN (SELECT value FROM json_each($3))
            AND target NOT IN (SELECT value FROM json_each($4))
        ORDER BY due_at, id LIMIT $5) RETURNING ",
    columns!()
);

pub const RELEASE: &str = "UPDATE effect SET due_at = $1, is_claimed = 0
    WHERE id = $2 AND claims = $3 AND state = 'pending'";

/// Kept once, however often it is tried.
pub const LOG: &str = "INSERT INTO attempt (effect, claim, at, status, error, duration_ms, answer)
    SELECT id, CAST($1 AS bigint), CAST($2 AS bigint), CAST($3 AS bigint), CAST($4 AS text), CAST($5 AS bigint),
        CAST($6 AS text)
    FROM effect WHERE id = $7 ON CONFLICT (effect, claim) DO NOTHING";

/// A claim from before the last replay is of an earlier delivery.
pub const DONE: &str =
    "UPDATE effect SET state = 'done', ended_at = $1, is_claimed = 0, attempts = attempts + 1
    WHERE id = $2 AND round <= $3 AND state = 'pending'";

pub const AGAIN: &str = "UPDATE effect SET due_at = $1, is_claimed = 0, attempts = $2
    WHERE id = $3 AND claims = $4 AND state = 'pending'";

pub const DEAD: &str =
    "UPDATE effect SET state = 'dead', ended_at = $1, is_claimed = 0, attempts = attempts + 1
    WHERE id = $2 AND claims = $3 AND state = 'pending'";

pub const NEXT_DUE: &str = "SELECT due_at FROM effect WHERE state = 'pending' ORDER BY due_at, id LIMIT 1";

pub const ROWS: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM effect WHERE (key = CAST($1 AS text) OR CAST($1 AS text) IS NULL)
        AND (target = CAST($2 AS text) OR CAST($2 AS text) IS NULL)
        AND (state = CAST($3 AS text) OR CAST($3 AS text) IS NULL)
        AND id < $4 ORDER BY id DESC LIMIT $5"
);

pub const ATTEMPTS: &str = "SELECT attempt.id, key, target, at, status, error, duration_ms, answer
    FROM attempt JOIN effect ON effect.id = attempt.effect
    WHERE (key = CAST($1 AS text) OR CAST($1 AS text) IS NULL)
        AND (target = CAST($2 AS text) OR CAST($2 AS text) IS NULL)
        AND (state = CAST($3 AS text) OR CAST($3 AS text) IS NULL)
        AND attempt.id < $4 ORDER BY attempt.id DESC LIMIT $5";

/// One that is pending may wait for its next attempt, which is then made now.
pub const REPLAY: &str = "UPDATE effect SET state = 'pending', due_at = $1, attempts = 0, ended_at = NULL,
        is_claimed = 0, claims = claims + 1, round = claims + 1
    WHERE key = $2 AND (state <> 'pending' OR is_claimed = 0)";

pub const REPLAY_RANGE: &str =
    "UPDATE effect SET state = 'pending', due_at = $1, attempts = 0, ended_at = NULL,
        is_claimed = 0, claims = claims + 1, round = claims + 1
    WHERE target = $2 AND seq >= $3 AND seq <= $4 AND state <> 'pending'";

pub const HASTEN: &str = "UPDATE effect SET due_at = $1
    WHERE target = $2 AND state = 'pending' AND is_claimed = 0";

pub const ADD_NOTE: &str = "INSERT INTO note (key, account, kind, template, params, seq, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING";

pub const READ_ONE: &str = "UPDATE note SET read_at = $1 WHERE account = $2 AND key = $3 AND read_at IS NULL";

pub const READ_UP_TO: &str =
    "UPDATE note SET read_at = $1 WHERE account = $2 AND seq <= $3 AND read_at IS NULL";

pub const NOTES: &str = "SELECT id, key, account, kind, template, params, seq, at, read_at FROM note
    WHERE account = $1 AND (key = CAST($2 AS text) OR CAST($2 AS text) IS NULL)
        AND (kind = CAST($3 AS text) OR CAST($3 AS text) IS NULL)
        AND (CAST($4 AS bigint) = 0 OR read_at IS NULL) AND id < $5 ORDER BY id DESC LIMIT $6";

pub const UNREAD: &str = "SELECT count(*) FROM note WHERE account = $1 AND read_at IS NULL";

pub const PRUNE: &str = "DELETE FROM effect WHERE id IN
    (SELECT id FROM effect WHERE state = 'done' AND ended_at < $1 ORDER BY ended_at, id LIMIT $2)";

#[cfg(test)]
mod tests {
    use super::*;

    /// SQLite numbers parameters by where they stand first.
    #[test]
    fn parameters_stand_in_their_order() {
        for statement in [
            MOVE_CHECKPOINT,
            ADD,
            CONTENT,
            CLAIM_POSTGRES,
            CLAIM_SQLITE,
            RELEASE,
            LOG,
            DONE,
            AGAIN,
            DEAD,
            ROWS,
            ATTEMPTS,
            REPLAY,
            REPLAY_RANGE,
            HASTEN,
            ADD_NOTE,
            READ_ONE,
            READ_UP_TO,
            NOTES,
            UNREAD,
            PRUNE,
        ] {
            let mut seen = 0;
            for part in statement.split('$').skip(1) {
                let number: usize = part[..1].parse().expect("a digit");
                assert!(number <= seen + 1, "${number} after ${seen}: {statement}");
                seen = seen.max(number);
            }
            assert!(seen > 0);
        }
    }
}
