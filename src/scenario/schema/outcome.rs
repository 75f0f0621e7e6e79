//! What charts of sweeps show: a quantity of `summary`, or a figure of an analysis that is asked at each point.

use super::Quantity;
use super::words::words;

words! {
    /// What a chart of a sweep shows: a quantity of the table `summary`, or `KIND.FIGURE` of the analyses of a kind that have `at_each_point = true`.
    pub enum SweepOutcome {
        /// Share of transactions, over the last tenth of the periods.
        Share = "share",
        /// Value created per transaction, over the last tenth of the periods.
        ValueCreated = "value_created",
        /// Value created less that of the best rival, over the last tenth of the periods.
        CompetitiveAdvantage = "competitive_advantage",
        /// Knowledge index before the transaction, over the last tenth of the periods.
        Knowledge = "knowledge",
        /// Fit, over the last tenth of the periods.
        Fit = "fit",
        /// Price per transaction, over the last tenth of the periods.
        Price = "price",
        /// Home customers, over the last tenth of the periods.
        Customers = "customers",
        /// Discounted cumulative profit.
        CumulativeProfit = "cumulative_profit",
        /// Feedback factor over all periods after the head start.
        FeedbackFactor = "feedback.factor",
        /// Direct effect over all periods after the head start.
        FeedbackDirect = "feedback.direct",
        /// Total effect over all periods after the head start.
        FeedbackTotal = "feedback.total",
        /// Lead in share in the last period.
        FeedbackLead = "feedback.lead",
        /// Growth of the lead per period, as a part of it.
        FeedbackLeadGrowth = "feedback.lead_growth",
        /// Lead per late period over lead per early period: above 1 it compounds.
        FeedbackLeadRatio = "feedback.lead_ratio",
        /// What becomes of the lead: compounds, keeps, fades, undecided or no effect.
        FeedbackVerdict = "feedback.verdict",
        /// What a head start adds per late period over what it adds per early period.
        AmplificationRatio = "amplification.ratio",
        /// What becomes of a head start: compounds, keeps, dissipates, undecided or no effect.
        AmplificationVerdict = "amplification.verdict",
        /// Link from knowledge to fit, an elasticity.
        LoopKnowledgeToFit = "loop.knowledge_to_fit",
        /// Link from fit to value, an elasticity.
        LoopFitToValue = "loop.fit_to_value",
        /// Link from value to interactions, an elasticity.
        LoopValueToInteractions = "loop.value_to_interactions",
        /// Link from interactions to knowledge, an elasticity.
        LoopInteractionsToKnowledge = "loop.interactions_to_knowledge",
        /// What a firm owes to learning about each customer.
        SourcesIndividual = "sources.individual",
        /// What a firm owes to learning across customers.
        SourcesPopulation = "sources.population",
        /// What a firm owes to both kinds of learning.
        SourcesTotal = "sources.total",
        /// What both kinds of learning add beyond the sum of each alone.
        SourcesComplementarity = "sources.complementarity",
        /// Which profiles of a game are pure equilibria, with 95 % confidence.
        GameEquilibrium = "game.equilibrium",
    }
}

impl SweepOutcome {
    /// The quantity of `summary`, if it is one.
    #[must_use]
    pub fn quantity(self) -> Option<Quantity> {
        Quantity::named(self.name())
    }

    /// The kind of analysis of which it is a figure, if it is one.
    #[must_use]
    pub fn analysis(self) -> Option<&'static str> {
        self.name().split_once('.').map(|(kind, _)| kind)
    }

    /// Whether it is a word, not a number: who or what holds at a point.
    #[must_use]
    pub const fn is_verdict(self) -> bool {
        matches!(
            self,
            Self::FeedbackVerdict | Self::AmplificationVerdict | Self::GameEquilibrium
        )
    }

    /// The stem of the files of a chart of it, where nobody gives another.
    #[must_use]
    pub fn stem(self, statistic: Statistic) -> String {
        let of = self.name().replace(['_', '.'], "-");
        match statistic {
            Statistic::Mean => format!("sweep-{of}"),
            other => format!("sweep-{of}-{}", other.name().replace('_', "-")),
        }
    }
}

words! {
    /// What is made of the replicates of a point.
    pub enum Statistic {
        /// Their mean.
        Mean = "mean",
        /// Their median, which describes them where single markets end far apart.
        Median = "median",
        /// Their standard deviation: how far apart markets end.
        StandardDeviation = "standard_deviation",
        /// The part of them in which the firm has more than any other; ties are divided.
        Leads = "leads",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_of_the_summary_are_outcomes_and_all_others_are_figures() {
        let quantities = SweepOutcome::ALL
            .into_iter()
            .filter_map(SweepOutcome::quantity);
        assert!(quantities.eq(Quantity::SUMMARY));
        for outcome in SweepOutcome::ALL {
            assert_ne!(outcome.quantity().is_some(), outcome.analysis().is_some());
        }
        let stem = SweepOutcome::FeedbackLeadGrowth.stem(Statistic::Mean);
        assert_eq!(stem, "sweep-feedback-lead-growth");
        let stem = SweepOutcome::Share.stem(Statistic::StandardDeviation);
        assert_eq!(stem, "sweep-share-standard-deviation");
    }
}
