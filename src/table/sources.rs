//! The columns of the tables of paired differences: sources of advantage, and comparisons of runs.

use super::definition::table;

table! {
    /// One row per analysis, experience, period and quantity: what learning adds to the outcome, with its 95 % interval (on paired differences).
    SOURCES = "sources", SourcesRow {
        /// Number of the analysis in the scenario, from 1.
        analysis: Integer,
        /// Focal firm.
        firm: Text,
        /// Its experience, or the kind of its rule.
        experience: Text,
        /// Whether the scenario gives it this experience.
        own: Flag,
        /// Outcome: a column of `firms`.
        outcome: Text,
        /// Period, counted from 0.
        period: Integer,
        /// Quantity: individual, population (Shapley values of the two kinds of learning), total (their sum), complementarity; or the outcome itself in a world where the firm learns in neither way, only_individual, only_population or both.
        quantity: Text,
        /// Mean over replicates.
        mean: Number,
        /// Standard deviation over replicates.
        standard_deviation: Number,
        /// Lower end of the 95 % interval of the mean.
        low: Number,
        /// Upper end of the 95 % interval of the mean.
        high: Number,
        /// Variance that the difference would have with independent draws, over the one that it has; empty for the worlds, and where nothing varies.
        variance_reduction: Number,
        /// Replicates that have a value in all four worlds.
        replicates: Integer,
    }
}

table! {
    /// One row per analysis, experience and quantity: what learning has added in the end.
    SOURCES_SUMMARY = "sources_summary", SourcesSummaryRow {
        /// Number of the analysis in the scenario, from 1.
        analysis: Integer,
        /// Focal firm.
        firm: Text,
        /// Its experience, or the kind of its rule.
        experience: Text,
        /// Whether the scenario gives it this experience.
        own: Flag,
        /// Outcome: a column of `firms`, as its mean over the last tenth of the periods; cumulative profit at the end.
        outcome: Text,
        /// Quantity, as in `sources`.
        quantity: Text,
        /// Mean over replicates.
        mean: Number,
        /// Standard deviation over replicates.
        standard_deviation: Number,
        /// Lower end of the 95 % interval of the mean.
        low: Number,
        /// Upper end of the 95 % interval of the mean.
        high: Number,
        /// Variance that the difference would have with independent draws, over the one that it has; empty for the worlds, and where nothing varies.
        variance_reduction: Number,
        /// Replicates that have a value in all four worlds.
        replicates: Integer,
    }
}

table! {
    /// One row for each thing that a variant sets; the scenario itself sets nothing.
    VARIANTS = "variants", VariantRow {
        /// Name of the variant.
        variant: Text,
        /// Title, in words for an audience; empty without one.
        title: Text,
        /// Path of what it sets; `interventions` where it does without them, `head_start.firm`, `head_start.period` and `head_start.observations` of what a firm is given; empty of the scenario itself.
        path: Text,
        /// The value: names and numbers plainly, rules as TOML.
        value: Text,
    }
}

table! {
    /// One row per firm and quantity: the difference between two runs, replicate by replicate, with its 95 % interval.
    COMPARISON = "comparison", ComparisonRow {
        /// Firm that takes part in both; empty for the market as a whole.
        firm: Text,
        /// Quantity, as in `summary`; of the market coverage, recognized, hhi, consumer_surplus and producer_surplus.
        quantity: Text,
        /// Mean in the first run, over the replicates that have a value in both.
        base: Number,
        /// Mean in the second run, over the same replicates.
        other: Number,
        /// Mean difference: second run less first.
        difference: Number,
        /// Standard deviation of the difference over replicates.
        standard_deviation: Number,
        /// Lower end of the 95 % interval of the mean difference.
        low: Number,
        /// Upper end of the 95 % interval of the mean difference.
        high: Number,
        /// Variance that the difference would have with independent draws, over the one that it has; empty where nothing varies.
        variance_reduction: Number,
        /// Replicates in which the quantity has a value in both runs.
        replicates: Integer,
        /// Replicates in which it is larger in the second run.
        more: Integer,
        /// Replicates in which it is smaller in the second run.
        less: Integer,
    }
}
