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
        /// Of its first limit, the last value at which it is supported; empty without one, or where it is not at the first.
        limit_holds: Number,
        /// Of its first limit, the first value at which it is refuted; empty where it is at none.
        limit_fails: Number,
        /// Whether the verdict lasts in changed markets: robust, shifted or fragile; empty where that was not asked for, or it is undecided.
        robust: Text,
    }
}

table! {
    /// One row per hypothesis and changed market in which it was judged again.
    ROBUSTNESS = "robustness", RobustnessRow {
        /// Place of the hypothesis in the scenario, from 1.
        hypothesis: Integer,
        /// What is changed: other_seed, half_the_customers, ten_times_the_customers, one_dimension_fewer, one_dimension_more or half_periods.
        change: Text,
        /// Estimate there.
        estimate: Number,
        /// Lower end of the interval that decides.
        low: Number,
        /// Upper end of the interval that decides.
        high: Number,
        /// supported, refuted or undecided.
        verdict: Text,
        /// Replicates in which the statement has a value there.
        replicates: Integer,
    }
}

table! {
    /// One row per limit of a hypothesis: where along a parameter it stops holding.
    LIMITS = "limits", LimitRow {
        /// Place of the hypothesis in the scenario, from 1.
        hypothesis: Integer,
        /// Place of the limit in the hypothesis, from 1.
        limit: Integer,
        /// Path of the parameter.
        key: Text,
        /// The parameter in words, with what else differs; its path where there are none.
        name: Text,
        /// First value that was tried.
        from: Number,
        /// Last value that was tried.
        to: Number,
        /// The last value at which the hypothesis is supported; empty where it is not at the first.
        holds: Number,
        /// Estimate there, or at the first value.
        holds_estimate: Number,
        /// Lower end of its interval.
        holds_low: Number,
        /// Upper end of its interval.
        holds_high: Number,
        /// The first value at which it is refuted; empty where it is at none that was tried.
        fails: Number,
        /// Estimate there, or at the last value.
        fails_estimate: Number,
        /// Lower end of its interval.
        fails_low: Number,
        /// Upper end of its interval.
        fails_high: Number,
        /// Replicates in which the statement has a value there.
        replicates: Integer,
    }
}
