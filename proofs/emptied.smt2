; The emptied supply: when the last point is burned, the pool remembers the price of just before, and the next
; mint starts from it. What is left in the pool then has no points against it.
; Every number is an unbounded integer. A lemma is asserted negated, so `unsat` means that it holds.
; Beside each stands an example of its assumptions (`sat`) and a wrong rule that it refutes (`sat`).

(define-fun floor_of ((q Int) (n Int) (d Int)) Bool (and (<= (* q d) n) (< n (+ (* q d) d))))
(define-fun falls ((P Int) (S Int) (P2 Int) (S2 Int)) Bool (< (* P2 S) (* P S2)))

; lemma: the last point leaves the price as it was
; models: crates/linli-economy/src/pool.rs Pool::refund
; models: crates/linli-economy/src/pool.rs Pool::burn
; models: crates/linli-economy/src/pool.rs Pool::price
; All of S is burned and a payout of at most P goes out. The pair p2 / s2 of the price of afterwards is P, S:
; pool and supply of before. The lemma: the price has neither fallen nor risen, and both numbers are above 0.
(push)
(declare-const P Int)
(declare-const S Int)
(declare-const payout Int)
(declare-const p2 Int)
(declare-const s2 Int)
(assert (and (> P 0) (> S 0) (<= 0 payout) (<= payout P)))
(push)
(assert (and (= p2 P) (= s2 S)))
(push)
(assert (and (= P 16000) (= S 112000000) (= payout 12800)))
(echo "the last point leaves the price as it was, possible: sat")
(check-sat)
(pop)
(assert (not (and (not (falls P S p2 s2)) (not (falls p2 s2 P S)) (> p2 0) (> s2 0))))
(echo "the last point leaves the price as it was: unsat")
(check-sat)
(pop)
(push)
(assert (and (= p2 (- P payout)) (= s2 S)))
(assert (not (and (not (falls P S p2 s2)) (not (falls p2 s2 P S)) (> p2 0) (> s2 0))))
(echo "the last point leaves the price as it was, but the pair is taken after the payout: sat")
(check-sat)
(pop)
(pop)

; lemma: the first mint after an emptied supply is at the remembered price or above
; models: crates/linli-economy/src/pool.rs Pool::mint
; models: crates/linli-economy/src/pool.rs Pool::price
; There is no supply; the pool still holds P, which may be 0, and remembers p / s. An order brings i and mints
; m points for a value v of at most i: v times s over p, rounded down. The lemma: if m is any point at all,
; the price (P + i) / m is not below p / s.
(push)
(declare-const P Int)
(declare-const p Int)
(declare-const s Int)
(declare-const i Int)
(declare-const v Int)
(declare-const m Int)
(assert (and (>= P 0) (> p 0) (> s 0) (<= 0 v) (<= v i) (> m 0)))
(push)
(assert (floor_of m (* v s) p))
(push)
(assert (and (= P 3200) (= p 16000) (= s 112000000) (= i 16000) (= v 11200) (= m 78400000)))
(echo "the first mint after an emptied supply is at the remembered price or above, possible: sat")
(check-sat)
(pop)
(assert (falls p s (+ P i) m))
(echo "the first mint after an emptied supply is at the remembered price or above: unsat")
(check-sat)
(pop)
(push)
(assert (floor_of m (* v s) (- p 1)))
(assert (and (= P 0) (= p 16000) (= s 112000000) (= v i) (= i 16000)))
(assert (falls p s (+ P i) m))
(echo "the first mint after an emptied supply is at the remembered price or above, but at a fen less: sat")
(check-sat)
(pop)
(pop)

; lemma: without a supply a refund takes nothing from the pool
; models: crates/linli-economy/src/pool.rs Pool::refund_part
; models: crates/linli-economy/src/state/refund.rs State::points_part
; There is no supply, so no point can be burned and x is 0; the charge c is not negative, and what it exceeds
; y - x by is the surplus. The pool gives x less the surplus. The lemma: it does not hold less afterwards.
(push)
(declare-const P Int)
(declare-const y Int)
(declare-const x Int)
(declare-const c Int)
(declare-const surplus Int)
(assert (and (>= P 0) (<= 0 c)))
(assert (= surplus (ite (> (- c (- y x)) 0) (- c (- y x)) 0)))
(push)
(assert (= x 0))
(push)
(assert (and (= P 3200) (= y 16000) (= c 12800)))
(echo "without a supply a refund takes nothing from the pool, possible: sat")
(check-sat)
(pop)
(assert (< (- P (- x surplus)) P))
(echo "without a supply a refund takes nothing from the pool: unsat")
(check-sat)
(pop)
(push)
(assert (= x y))
(assert (< (- P (- x surplus)) P))
(echo "without a supply a refund takes nothing from the pool, but it gives what is asked: sat")
(check-sat)
(pop)
(pop)
