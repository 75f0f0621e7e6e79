//! The columns of the tables of games.

use super::definition::table;

table! {
    /// One row per profile of a game and strategy that is played in it, by role: payoff, and what deviating gains.
    GAME = "game", GameRow {
        /// Number of the analysis in the scenario, from 1.
        game: Integer,
        /// Number of the profile, from 0.
        profile: Integer,
        /// The profile: how many play what; roles are divided by a stroke.
        choices: Text,
        /// Role: the players who are equal in everything but their names and experiences.
        role: Text,
        /// Strategy that they play here.
        strategy: Text,
        /// How many of them play it.
        players: Integer,
        /// Mean payoff of each of them.
        payoff: Number,
        /// Standard deviation of the payoff over replicates.
        standard_deviation: Number,
        /// Lower end of the 95 % interval of the mean payoff.
        low: Number,
        /// Upper end of the 95 % interval of the mean payoff.
        high: Number,
        /// Best answer of one of them to what the others do: a strategy, their own if none is better.
        best_response: Text,
        /// Mean gain of the best other strategy, replicate by replicate; negative if every change loses.
        gain: Number,
        /// Lower end of the 95 % interval of the gain.
        gain_low: Number,
        /// Upper end of the 95 % interval of the gain.
        gain_high: Number,
        /// Variance that the gain would have without common random numbers, over the one that it has.
        variance_reduction: Number,
        /// Confidence, at least, that none of these players gains by any other strategy.
        confidence: Number,
        /// Regret of the profile: the most that any player could gain, 0 in an equilibrium.
        regret: Number,
        /// Whether the profile is a pure equilibrium: yes, no or undecided.
        equilibrium: Text,
        /// Confidence, at least, that no player gains: that it is an equilibrium.
        confidence_for: Number,
        /// Confidence, at least, that some player gains: that it is none.
        confidence_against: Number,
        /// Replicates of the profile; more where the answer was undecided.
        replicates: Integer,
    }
}

table! {
    /// One row per equilibrium of a game, role and strategy: how often it is played.
    GAME_EQUILIBRIA = "game_equilibria", GameEquilibriumRow {
        /// Number of the analysis in the scenario, from 1.
        game: Integer,
        /// Number of the equilibrium, from 1.
        equilibrium: Integer,
        /// Kind: pure (everybody plays a strategy for certain) or mixed (all of a role mix in the same way).
        kind: Text,
        /// Role: the players who are equal in everything but their names and experiences.
        role: Text,
        /// Strategy.
        strategy: Text,
        /// Share of the role's players who play it, or the probability with which each does.
        share: Number,
        /// Lower end of the 95 % interval of the probability; empty for pure equilibria.
        low: Number,
        /// Upper end of the 95 % interval of the probability; empty for pure equilibria.
        high: Number,
        /// Mean payoff of the role's players.
        payoff: Number,
        /// Confidence, at least, that it is one.
        confidence: Number,
        /// Whether few players who do otherwise earn less, so that it lasts; empty where players of a role differ.
        stable: Answer,
        /// Share of the starts from which the replicator dynamics end here; empty where players of a role differ.
        basin: Number,
    }
}

table! {
    /// One row per step of a best-response cycle of a game.
    GAME_CYCLES = "game_cycles", GameCycleRow {
        /// Number of the analysis in the scenario, from 1.
        game: Integer,
        /// Number of the cycle, from 1.
        cycle: Integer,
        /// Number of the step, from 1; the last leads back to the profile of the first.
        step: Integer,
        /// Number of the profile before the step.
        profile: Integer,
        /// The profile: how many play what; roles are divided by a stroke.
        choices: Text,
        /// Role of the player who changes.
        role: Text,
        /// Strategy before.
        from: Text,
        /// Strategy after: the best answer.
        to: Text,
        /// Mean gain of the player who changes.
        gain: Number,
        /// Confidence, at least, that every step of the cycle gains.
        confidence: Number,
    }
}
