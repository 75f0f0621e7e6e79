//! The columns of the tables of feedback.

use super::definition::table;

table! {
    /// One row per feedback analysis, head start and number of periods since: what the head start does directly, what it does when everything answers, and the lead that it brings.
    FEEDBACK = "feedback", FeedbackRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Firm that has the head start.
        firm: Text,
        /// Period of the head start.
        period: Integer,
        /// Number of periods from that one on, counted from 1, over which effects are summed.
        length: Integer,
        /// Direct effect: what the head start adds while what happens to customers is replayed from the world without it.
        direct: Number,
        /// Lower end of its 95 % interval.
        direct_low: Number,
        /// Upper end of its 95 % interval.
        direct_high: Number,
        /// Total effect: what the head start adds when everything answers.
        total: Number,
        /// Lower end of its 95 % interval.
        total_low: Number,
        /// Upper end of its 95 % interval.
        total_high: Number,
        /// Feedback factor: total over direct effect; empty where the direct effect cannot be told from zero.
        factor: Number,
        /// Lower end of its 95 % interval (Fieller).
        factor_low: Number,
        /// Upper end of its 95 % interval (Fieller).
        factor_high: Number,
        /// Lead in the last of these periods: the firm's share with the head start less that without, in parts of 1.
        lead: Number,
        /// Lower end of its 95 % interval.
        lead_low: Number,
        /// Upper end of its 95 % interval.
        lead_high: Number,
        /// Replicates.
        replicates: Integer,
    }
}

table! {
    /// One row per feedback analysis and head start: what becomes of the lead in share.
    FEEDBACK_VERDICT = "feedback_verdict", FeedbackVerdictRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Firm that has the head start.
        firm: Text,
        /// Outcome that effects are measured by: value_created (of all transactions of the period) or profit.
        outcome: Text,
        /// Period of the head start; the early periods are from this one to `early_to`.
        period: Integer,
        /// Extra observations of each home customer who shares data.
        observations: Number,
        /// Verdict on the lead: compounds, keeps, fades, undecided (more replicates would tell) or no_effect (none at first).
        verdict: Text,
        /// Lead per late period over lead per early period: what the verdict rests on.
        ratio: Number,
        /// Lower end of its 95 % interval (Fieller): above 1 the lead compounds.
        ratio_low: Number,
        /// Upper end of its 95 % interval (Fieller): below 1 the lead fades.
        ratio_high: Number,
        /// Last of the early periods.
        early_to: Integer,
        /// First of the late periods, which are the last ones.
        late_from: Integer,
        /// Growth of the lead per period, as a part of it: the rate of the nearest exponential; empty where there is no lead at first.
        growth: Number,
        /// Lower end of its 95 % interval (jackknife).
        growth_low: Number,
        /// Upper end of its 95 % interval (jackknife).
        growth_high: Number,
        /// Periods in which the lead halves (fades) or doubles (compounds) at that rate; empty otherwise.
        time: Number,
        /// Lower end of its 95 % interval.
        time_low: Number,
        /// Upper end of its 95 % interval; empty where there is none.
        time_high: Number,
        /// Part of the total effect over all periods that is due to customers who were at home with the firm at the head start.
        at_home: Number,
        /// Lower end of its 95 % interval.
        at_home_low: Number,
        /// Upper end of its 95 % interval.
        at_home_high: Number,
        /// Part that is due to all others: newcomers, and customers won.
        others: Number,
        /// Lower end of its 95 % interval.
        others_low: Number,
        /// Upper end of its 95 % interval.
        others_high: Number,
        /// Replicates.
        replicates: Integer,
    }
}
