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
    /// One row per firm and quantity: the mean over replicates with its 95 % interval (Student's t).
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
        /// Parameter: the path of a sweep's axis.
        parameter: Text,
        /// Index: first_order or total (shares of the outcome's variance), or mu, mu_star or sigma (effect over the parameter's whole range: mean, mean size, standard deviation).
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
