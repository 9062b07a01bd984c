; Injection: money comes into the pool and nothing is minted for it.
; Every number is an unbounded integer. A lemma is asserted negated, so `unsat` means that it holds.
; Beside each stands an example of its assumptions (`sat`) and a wrong rule that it refutes (`sat`).

(define-fun falls ((P Int) (S Int) (P2 Int) (S2 Int)) Bool (< (* P2 S) (* P S2)))

; lemma: an injection never lowers the price
; models: crates/linli-economy/src/pool.rs Pool::inject
; models: crates/linli-economy/src/state/redeem.rs State::inject
; The price of before is p / s: the pool P and the supply S themselves while there are points, else the pair
; that is remembered. The amount a comes in. The price of afterwards is P + a over S, or p / s as before when
; there is no supply. The lemma: it is not below p / s, and the pool holds no less.
(push)
(declare-const P Int)
(declare-const S Int)
(declare-const p Int)
(declare-const s Int)
(declare-const a Int)
(assert (and (>= P 0) (>= S 0) (> p 0) (> s 0)))
(assert (=> (> S 0) (and (= p P) (= s S))))
(define-fun p2 () Int (ite (= S 0) p (+ P a)))
(define-fun s2 () Int (ite (= S 0) s S))
(push)
(assert (<= 0 a))
(push)
(assert (and (= P 16000) (= S 112000000) (= a 10000)))
(echo "an injection never lowers the price, possible: sat")
(check-sat)
(pop)
(push)
(assert (and (= P 3200) (= S 0) (= p 16000) (= s 112000000) (= a 10000)))
(echo "an injection never lowers the price, possible without a supply: sat")
(check-sat)
(pop)
(assert (not (and (not (falls p s p2 s2)) (>= (+ P a) P))))
(echo "an injection never lowers the price: unsat")
(check-sat)
(pop)
(push)
(assert (<= (- 1) a))
(assert (and (= P 16000) (= S 112000000)))
(assert (not (and (not (falls p s p2 s2)) (>= (+ P a) P))))
(echo "an injection never lowers the price, but a fen may be taken out: sat")
(check-sat)
(pop)
(pop)
