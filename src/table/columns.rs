//! The columns of every table (section 7 of the model).

use super::definition::table;

table! {
    /// One row per replicate, period, firm and population. Means are per transaction, sums per period.
    PERIODS = "periods", PeriodRow {
        /// Replicate, counted from 0.
        replicate: Integer,
        /// Period, counted from 0.
        period: Integer,
        /// Firm.
        firm: Text,
        /// Population of customers.
        population: Text,
        /// Experience that most transactions had.
        experience: Text,
        /// Price per transaction.
        price: Number,
        /// Home customers at the end of the period.
        customers: Integer,
        /// Transactions.
        transactions: Integer,
        /// Accepted transactions that the firm began.
        detected: Integer,
        /// Transactions that the firm proposed and the customer declined.
        declined: Integer,
        /// Times that the firm acted without a need.
        false_alarms: Integer,
        /// Customers who cancelled after a false alarm or after declining.
        cancelled: Integer,
        /// Transactions of customers new to the firm.
        first_time: Integer,
        /// Mean fit between product and need, 0 to 1.
        fit: Number,
        /// Mean fit in transactions of customers new to the firm, 0 to 1.
        first_fit: Number,
        /// Mean willingness to pay.
        wtp: Number,
        /// Mean cost of a transaction.
        cost: Number,
        /// Mean value created: willingness to pay less cost.
        value_created: Number,
        /// Mean friction of the journey.
        friction: Number,
        /// Mean knowledge index of the customer before the transaction, 0 to 1.
        knowledge: Number,
        /// Part of the initial uncertainty about a newcomer that population-level learning has resolved, 0 to 1.
        population_knowledge: Number,
        /// Profit of the period before fixed cost.
        profit: Number,
        /// Consumer surplus of the period, false alarms included.
        consumer_surplus: Number,
    }
}

table! {
    /// One row per replicate, period and firm, populations together.
    FIRMS = "firms", FirmRow {
        /// Replicate, counted from 0.
        replicate: Integer,
        /// Period, counted from 0.
        period: Integer,
        /// Firm.
        firm: Text,
        /// Whether the firm is in the market.
        active: Flag,
        /// Experience that most transactions had.
        experience: Text,
        /// Price per transaction.
        price: Number,
        /// Home customers at the end of the period.
        customers: Integer,
        /// Transactions.
        transactions: Integer,
        /// Share of all firms' transactions, 0 to 1.
        share: Number,
        /// Mean fit between product and need, 0 to 1.
        fit: Number,
        /// Mean willingness to pay.
        wtp: Number,
        /// Mean cost of a transaction.
        cost: Number,
        /// Mean value created: willingness to pay less cost.
        value_created: Number,
        /// Value created less that of the best rival.
        competitive_advantage: Number,
        /// Mean knowledge index of the customer before the transaction, 0 to 1.
        knowledge: Number,
        /// Part of the initial uncertainty about a newcomer that population-level learning has resolved, 0 to 1, customer-weighted mean over populations.
        population_knowledge: Number,
        /// Profit of the period after fixed cost.
        profit: Number,
        /// Discounted profit from period 0 on, after fixed cost.
        cumulative_profit: Number,
    }
}

table! {
    /// One row per replicate, period and population.
    MARKET = "market", MarketRow {
        /// Replicate, counted from 0.
        replicate: Integer,
        /// Period, counted from 0.
        period: Integer,
        /// Population of customers.
        population: Text,
        /// Needs that arose.
        needs: Integer,
        /// Needs that the customer became aware of or that ended in a transaction.
        recognized: Integer,
        /// Needs that ended in a transaction.
        fulfilled: Integer,
        /// Consumer surplus of the period's transactions.
        consumer_surplus: Number,
        /// Producer surplus of the period's transactions.
        producer_surplus: Number,
        /// Concentration: sum of the firms' squared transaction shares, 0 to 1.
        hhi: Number,
    }
}

table! {
    /// One row per replicate, period, firm, population and kind of need, where the population has kinds. Means are per transaction, sums per period.
    KINDS = "kinds", KindRow {
        /// Replicate, counted from 0.
        replicate: Integer,
        /// Period, counted from 0.
        period: Integer,
        /// Firm.
        firm: Text,
        /// Population of customers.
        population: Text,
        /// Kind of need.
        kind: Text,
        /// Experience that most transactions had.
        experience: Text,
        /// Transactions.
        transactions: Integer,
        /// Accepted transactions that the firm began.
        detected: Integer,
        /// Transactions that the firm proposed and the customer declined.
        declined: Integer,
        /// Times that the firm acted as if there were a need of this kind.
        false_alarms: Integer,
        /// Mean fit between product and need, 0 to 1.
        fit: Number,
        /// Mean willingness to pay.
        wtp: Number,
        /// Mean cost of a transaction.
        cost: Number,
        /// Mean value created: willingness to pay less cost.
        value_created: Number,
    }
}

table! {
    /// One row per replicate, firm and number of the transaction, over all periods and populations. Means are per transaction.
    LEARNING = "learning", LearningRow {
        /// Replicate, counted from 0.
        replicate: Integer,
        /// Firm.
        firm: Text,
        /// Number of the transaction, from 1, among those that the customer has had with the firm; 61 stands for all after the 60th.
        n: Integer,
        /// Transactions of that number.
        transactions: Integer,
        /// Mean fit between product and need, 0 to 1.
        fit: Number,
        /// Mean willingness to pay.
        wtp: Number,
        /// Mean knowledge index of the customer before the transaction, 0 to 1.
        knowledge: Number,
    }
}

table! {
    /// One row per point of the map of tastes, at the ends of some periods of replicate 0.
    MAP = "map", MapRow {
        /// Replicate: 0.
        replicate: Integer,
        /// Period at whose end the point is there, counted from 0.
        period: Integer,
        /// Population of the customer; empty for products.
        population: Text,
        /// Firm that has the product or the belief; empty for customers.
        firm: Text,
        /// What the point is: customer (a taste, of a sample), product, prior (where the firm expects a newcomer) or estimate (where it believes one of its home customers to be).
        what: Text,
        /// Number of the customer in the population or of the product of the firm, from 0; an estimate has that of its customer, a prior 0.
        number: Integer,
        /// First coordinate, to four decimals: a taste dimension, or the first principal axis where there are more than two.
        x: Number,
        /// Second coordinate, likewise; empty where there is one taste dimension.
        y: Number,
    }
}

table! {
    /// One row per transaction and false alarm, in the order of periods, populations and customers.
    INTERACTIONS = "interactions", InteractionRow {
        /// Replicate, counted from 0.
        replicate: Integer,
        /// Period, counted from 0.
        period: Integer,
        /// Population of customers.
        population: Text,
        /// Number of the customer in the population, counted from 0.
        customer: Integer,
        /// Period in which the customer arrived: after turnover, a number belongs to somebody new.
        arrived: Integer,
        /// Firm.
        firm: Text,
        /// Experience that the customer had.
        experience: Text,
        /// How it came about: requested (the customer came with a need), detected (the firm began, the customer accepted) or false_alarm (the firm acted without a need).
        kind: Text,
        /// Whether it was the customer's first transaction with the firm.
        first: Flag,
        /// Price; empty for a false alarm.
        price: Number,
        /// Fit between product and need, 0 to 1; empty for a false alarm.
        fit: Number,
        /// Willingness to pay; of a false alarm, what the customer suffered.
        wtp: Number,
        /// Knowledge index of the customer before, 0 to 1.
        knowledge: Number,
    }
}

table! {
    /// One row per firm and quantity: the mean over replicates with its 95 % interval, and quantiles.
    SUMMARY = "summary", SummaryRow {
        /// Firm.
        firm: Text,
        /// Quantity: a column of `firms`, as its mean over the last tenth of the periods; cumulative profit at the end.
        quantity: Text,
        /// Mean over replicates.
        mean: Number,
        /// Standard deviation over replicates.
        standard_deviation: Number,
        /// Lower end of the 95 % interval of the mean.
        low: Number,
        /// Upper end of the 95 % interval of the mean.
        high: Number,
        /// Replicates in which the quantity has a value.
        replicates: Integer,
        /// 5 % quantile over replicates (type 7): one market in twenty is below it.
        p05: Number,
        /// Median over replicates.
        median: Number,
        /// 95 % quantile over replicates (type 7): one market in twenty is above it.
        p95: Number,
        /// Lower end of the 95 % interval of the standard deviation (jackknife of its logarithm).
        standard_deviation_low: Number,
        /// Upper end of the 95 % interval of the standard deviation.
        standard_deviation_high: Number,
        /// Lower end of the 95 % interval of the median (order statistics); empty with fewer than 6 replicates.
        median_low: Number,
        /// Upper end of the 95 % interval of the median.
        median_high: Number,
        /// Part of the replicates in which the firm has more of the quantity than any other (ties are divided).
        leads: Number,
        /// Lower end of its 95 % interval (Wilson).
        leads_low: Number,
        /// Upper end of its 95 % interval (Wilson).
        leads_high: Number,
    }
}

table! {
    /// One row per outcome, parameter and index of a sensitivity analysis, with its 95 % interval (bootstrap).
    SENSITIVITY = "sensitivity", SensitivityRow {
        /// Method: sobol or morris.
        method: Text,
        /// Firm that the outcome is of.
        firm: Text,
        /// Outcome: a quantity of `summary`.
        outcome: Text,
        /// Parameter: the path of a sweep's axis; empty for noise.
        parameter: Text,
        /// Index: first_order or total (shares of the outcome's variance), noise (the share of the variance of the means over replicates that is noise between them, in no other index), or mu, mu_star or sigma (effect over the parameter's whole range: mean, mean size, standard deviation).
        index: Text,
        /// Value of the index; empty where the outcome does not vary.
        value: Number,
        /// Lower end of the 95 % interval; empty for mu and sigma.
        low: Number,
        /// Upper end of the 95 % interval; empty for mu and sigma.
        high: Number,
        /// Base samples (sobol) or trajectories (morris).
        samples: Integer,
    }
}

table! {
    /// One row per amplification analysis and period from that of the head start on: what the head start adds to the outcome.
    AMPLIFICATION = "amplification", AmplificationRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Firm that has the head start.
        firm: Text,
        /// Outcome: value_created (of all transactions of the period), profit, transactions, share or customers.
        outcome: Text,
        /// Period.
        period: Integer,
        /// What the head start adds to the outcome in the period, mean over replicates.
        gain: Number,
        /// Lower end of the 95 % interval of the gain.
        gain_low: Number,
        /// Upper end of the 95 % interval of the gain.
        gain_high: Number,
        /// What the head start has added by the end of the period.
        cumulative: Number,
        /// Lower end of its 95 % interval.
        cumulative_low: Number,
        /// Upper end of its 95 % interval.
        cumulative_high: Number,
        /// Cumulative gain over that by the tenth period after the head start; empty where the latter cannot be told from zero.
        amplification: Number,
        /// Lower end of its 95 % interval (Fieller).
        amplification_low: Number,
        /// Upper end of its 95 % interval (Fieller).
        amplification_high: Number,
        /// Twice the cumulative gain of half the head start: equal to `cumulative` where the answer is linear.
        half_size: Number,
        /// How many times the variance of the cumulative gain would be without equal draws in both markets.
        variance_reduction: Number,
        /// Replicates.
        replicates: Integer,
    }
}

table! {
    /// One row per amplification analysis: what the head start comes to.
    AMPLIFICATION_VERDICT = "amplification_verdict", AmplificationVerdictRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Firm that has the head start.
        firm: Text,
        /// Outcome, as in `amplification`.
        outcome: Text,
        /// Period of the head start; the early periods are from this one to `early_to`.
        period: Integer,
        /// Extra precision about each customer; empty: that of one observation in the experience offered.
        precision: Number,
        /// Verdict: compounds, keeps, dissipates, undecided (more replicates would tell) or no_effect (nothing at first).
        verdict: Text,
        /// Gain per late period over gain per early period: what the verdict rests on.
        ratio: Number,
        /// Lower end of its 95 % interval (Fieller): above 1 the head start compounds.
        ratio_low: Number,
        /// Upper end of its 95 % interval (Fieller): below 1 the head start dissipates.
        ratio_high: Number,
        /// Last of the early periods.
        early_to: Integer,
        /// First of the late periods, which are the last ones.
        late_from: Integer,
        /// Periods in which the gain halves (dissipates) or doubles (compounds), of the nearest exponential; empty otherwise.
        time: Number,
        /// Lower end of its 95 % interval (jackknife).
        time_low: Number,
        /// Upper end of its 95 % interval (jackknife); empty where there is none.
        time_high: Number,
        /// Twice the total gain of half the head start over that of the whole: 1 where the answer is linear.
        half_size: Number,
        /// Lower end of its 95 % interval (Fieller).
        half_size_low: Number,
        /// Upper end of its 95 % interval (Fieller).
        half_size_high: Number,
        /// Whether the answer is linear: the interval holds 1, or the ratio is within 0.05 of it; empty with one replicate.
        linear: Answer,
    }
}

table! {
    /// One row per loop analysis, period and quantity of the wheel: its levels, its links and their product.
    LOOP = "loop", LoopRow {
        /// Place among the analyses of the scenario, from 1.
        analysis: Integer,
        /// Firm whose loop it is.
        firm: Text,
        /// First period of the window.
        period: Integer,
        /// Periods of the window.
        window: Integer,
        /// Quantity: a level (knowledge, fit, value, interactions), a link (knowledge_to_fit and so on), a part of one (value_to_frequency and so on), or product.
        quantity: Text,
        /// Level: mean per transaction (interactions: transactions per period). Link: elasticity, percent of the next quantity per percent of this one. Product: that of the four links, which is not what the loop gives back (table feedback). All are per transaction and within the window: they leave out customers who come to a firm that did not know them, and what accumulates later.
        value: Number,
        /// Lower end of the 95 % interval (jackknife).
        low: Number,
        /// Upper end of the 95 % interval (jackknife).
        high: Number,
        /// The same from a perturbation of half the size.
        half_size: Number,
        /// Whether the answer is linear: both sizes agree within the interval of their difference, or within 5 %; empty for levels, and where nothing could be told.
        linear: Answer,
        /// By how much the perturbation changes the cause, as a part of it.
        cause: Number,
        /// By how much the effect changes, as a part of it.
        effect: Number,
        /// How many times the variance of the effect would be without equal draws in both markets.
        variance_reduction: Number,
        /// Replicates.
        replicates: Integer,
    }
}
