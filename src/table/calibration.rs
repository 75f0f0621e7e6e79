//! The columns of the tables of a calibration.

use super::definition::table;

table! {
    /// One row per calibration and parameter: what the log says of it.
    POSTERIOR = "posterior", PosteriorRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Parameter: its path.
        parameter: Text,
        /// Lower end of the range that it was searched in.
        prior_from: Number,
        /// Upper end of that range.
        prior_to: Number,
        /// How values spread over the range: linear or log.
        scale: Text,
        /// Median of the posterior.
        median: Number,
        /// Lower end of the interval that holds it with 50 %.
        low50: Number,
        /// Upper end of that interval.
        high50: Number,
        /// Lower end of the interval that holds it with 90 %.
        low90: Number,
        /// Upper end of that interval.
        high90: Number,
        /// How well statistics predict it at points that took no part in the fit: 1 less the error over that of guessing the mean of the range.
        predictivity: Number,
        /// Part of the recoveries whose 90 % interval holds the true value.
        coverage: Number,
        /// identified (predictivity of 0.5 and more), weak (0.2 and more) or not_identified: what the log says of it is then what the range says.
        verdict: Text,
        /// Whether the model can make these data: false where a statistic lies outside of what any point gives, and the posterior is no answer.
        possible: Flag,
        /// Points that were simulated.
        samples: Integer,
    }
}

table! {
    /// One row per calibration, recovery and parameter: the posterior of a point whose parameters are known, as if it had been observed.
    RECOVERY = "recovery", RecoveryRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Point of the design, counted from 0.
        point: Integer,
        /// Parameter: its path.
        parameter: Text,
        /// Its value at the point.
        truth: Number,
        /// Median of the posterior.
        median: Number,
        /// Lower end of the 50 % interval.
        low50: Number,
        /// Upper end of the 50 % interval.
        high50: Number,
        /// Lower end of the 90 % interval.
        low90: Number,
        /// Upper end of the 90 % interval.
        high90: Number,
        /// Whether the 90 % interval holds the value.
        covered: Flag,
    }
}

table! {
    /// One row per calibration and statistic: what was observed, what the posterior makes, and what any point gives.
    FIT = "fit", FitRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Statistic, as in `statistics`.
        statistic: Text,
        /// Firm, as in `statistics`.
        firm: Text,
        /// First period or least number, as in `statistics`.
        from: Integer,
        /// Period or number before which it ends; 0 without an end.
        to: Integer,
        /// What was observed.
        observed: Number,
        /// Its standard error, where targets have one.
        standard_error: Number,
        /// Median of the posterior predictive.
        median: Number,
        /// Lower end of its 50 % interval.
        low50: Number,
        /// Upper end of its 50 % interval.
        high50: Number,
        /// Lower end of its 90 % interval.
        low90: Number,
        /// Upper end of its 90 % interval.
        high90: Number,
        /// Least value at any point.
        least: Number,
        /// Greatest value at any point.
        greatest: Number,
        /// Whether the observed value is within what points give, but for a twentieth of that on either side.
        possible: Flag,
    }
}

table! {
    /// One row per calibration and pair of parameters: how their posterior draws go together.
    PAIRS = "pairs", PairRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// One parameter: its path.
        parameter: Text,
        /// The other.
        other: Text,
        /// Correlation of the weighted draws, on the scales of the ranges: near 1 or -1, the log says only what they do together.
        correlation: Number,
        /// Whether they cannot be told apart: the size of the correlation is 0.7 or more.
        together: Flag,
    }
}
