//! The lemmas of `proofs/` against the code that they model (see `docs/proof.md`). The solver proves the
//! lemmas; these tests hold each modelled function to its lemma's formula, in unbounded integers, and find
//! every assumption of the lemmas kept by the engine. Must not be added here: a formula that no lemma has.

mod engine;
mod files;
mod formulas;
mod functions;
mod pools;
mod step;
