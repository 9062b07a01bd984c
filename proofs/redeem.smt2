; Redeeming: points are burned, and the pool pays at most what they are worth.
; Every number is an unbounded integer. A lemma is asserted negated, so `unsat` means that it holds.
; Beside each stands an example of its assumptions (`sat`) and a wrong rule that it refutes (`sat`).

(define-fun floor_of ((q Int) (n Int) (d Int)) Bool (and (<= (* q d) n) (< n (+ (* q d) d))))
(define-fun ceil_of ((q Int) (n Int) (d Int)) Bool (and (< (- (* q d) d) n) (<= n (* q d))))
(define-fun falls ((P Int) (S Int) (P2 Int) (S2 Int)) Bool (< (* P2 S) (* P S2)))

; lemma: a redemption never lowers the price
; models: crates/linli-economy/src/state/redeem.rs State::redeem
; models: crates/linli-economy/src/pool.rs Pool::redemption
; models: crates/linli-economy/src/pool.rs Pool::burn
; Of a supply S, q points are burned, at most all. Their gross worth is q times P over S, rounded down; the
; payout is at most that (see "a retention never adds"). Then the pool is P less the payout and the supply
; S - q. The price of afterwards is that pair, or P / S when no point is left, which the pool then remembers.
; The lemma: it is not below P / S.
(push)
(declare-const P Int)
(declare-const S Int)
(declare-const q Int)
(declare-const gross Int)
(declare-const payout Int)
(assert (and (> P 0) (> S 0) (< 0 q) (<= q S) (<= 0 payout)))
(define-fun p2 () Int (ite (= (- S q) 0) P (- P payout)))
(define-fun s2 () Int (ite (= (- S q) 0) S (- S q)))
(push)
(assert (and (floor_of gross (* q P) S) (<= payout gross)))
(push)
(assert (and (= P 1607143) (= S 1500000000) (= q 112000000) (= gross 120000) (= payout 96000)))
(echo "a redemption never lowers the price, possible: sat")
(check-sat)
(pop)
(push)
(assert (and (= P 16000) (= S 112000000) (= q 112000000) (= gross 16000) (= payout 12800)))
(echo "a redemption never lowers the price, possible for the last points: sat")
(check-sat)
(pop)
(assert (falls P S p2 s2))
(echo "a redemption never lowers the price: unsat")
(check-sat)
(pop)
(push)
(assert (and (ceil_of gross (* q P) S) (<= payout gross)))
(assert (and (= P 16000) (= S 112000000)))
(assert (falls P S p2 s2))
(echo "a redemption never lowers the price, but the worth is rounded up: sat")
(check-sat)
(pop)
(push)
(assert (and (floor_of gross (* q P) S) (<= payout (+ gross 1))))
(assert (and (= P 16000) (= S 112000000)))
(assert (falls P S p2 s2))
(echo "a redemption never lowers the price, but the payout is a fen above the worth: sat")
(check-sat)
(pop)
(pop)

; lemma: a redemption never overdraws the pool
; models: crates/linli-economy/src/pool.rs Pool::burn
; The same burn. The lemma: the pool does not fall below 0, and holds money as long as a point is left; and
; the supply does not fall below 0.
(push)
(declare-const P Int)
(declare-const S Int)
(declare-const q Int)
(declare-const gross Int)
(declare-const payout Int)
(assert (and (> P 0) (> S 0) (< 0 q) (<= 0 payout)))
(assert (and (floor_of gross (* q P) S) (<= payout gross)))
(push)
(assert (<= q S))
(push)
(assert (and (= P 1607143) (= S 1500000000) (= q 112000000) (= gross 120000) (= payout 96000)))
(echo "a redemption never overdraws the pool, possible: sat")
(check-sat)
(pop)
(assert (not (and (>= (- P payout) 0) (>= (- S q) 0) (=> (> (- S q) 0) (> (- P payout) 0)))))
(echo "a redemption never overdraws the pool: unsat")
(check-sat)
(pop)
(push)
(assert (<= q (+ S 1)))
(assert (and (= P 16000) (= S 100)))
(assert (not (and (>= (- P payout) 0) (>= (- S q) 0) (=> (> (- S q) 0) (> (- P payout) 0)))))
(echo "a redemption never overdraws the pool, but more points are burned than there are: sat")
(check-sat)
(pop)
(pop)
