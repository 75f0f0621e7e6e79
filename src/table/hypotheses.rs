//! The columns of the table of hypotheses.

use super::definition::table;

table! {
    /// One row per hypothesis: its claim, what was found, and what became of it.
    HYPOTHESES = "hypotheses", HypothesisRow {
        /// Place of the hypothesis in the scenario, from 1.
        hypothesis: Integer,
        /// What is claimed.
        claim: Text,
        /// The statement that bears it out.
        holds_if: Text,
        /// Mean over replicates of the statement's left side; of left less right where the right side is no number.
        estimate: Number,
        /// Its standard deviation over replicates.
        standard_deviation: Number,
        /// Lower end of the interval that decides.
        low: Number,
        /// Upper end of the interval that decides.
        high: Number,
        /// What the estimate is held against.
        threshold: Number,
        /// Confidence of the verdict; with several looks, of all of them together.
        confidence: Number,
        /// supported, refuted or undecided.
        verdict: Text,
        /// Replicates in which the statement has a value.
        replicates: Integer,
        /// About how many more replicates would decide; empty where it is decided, or nothing says.
        more: Number,
    }
}
