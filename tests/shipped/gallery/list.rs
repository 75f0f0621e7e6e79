//! What the gallery shows.

use crate::gallery::session::{Picture, Session};

const fn picture(
    chart: &'static str,
    name: &'static str,
    heading: &'static str,
    says: &'static str,
) -> Picture {
    Picture {
        chart,
        name,
        heading,
        says,
    }
}

pub const SESSIONS: &[Session] = &[
    Session {
        heading: "The flywheel",
        says: "Two equal firms, of which one opens eight periods earlier; see [loop.md](loop.md).",
        commands: &["run scenarios/flywheel.toml"],
        charts: "output/flywheel/charts",
        pictures: &[
            picture(
                "share",
                "flywheel-share",
                "A lead that grows",
                "For some ten periods everybody tries the newcomer; then the lead of the early firm grows until the end.",
            ),
            picture(
                "feedback",
                "feedback",
                "What comes back",
                "What a head start in knowledge adds directly, and what it adds when customers answer; below, the lead in share that it brings.",
            ),
            picture(
                "loop-3",
                "flywheel-loop",
                "Which link passes on how much",
                "How strongly each link of the loop answers to the one before, and in the middle what comes back in all.",
            ),
        ],
    },
    Session {
        heading: "One market",
        says: "Four firms, one per connected experience, compete for the same customers.",
        commands: &["run scenarios/four-experiences.toml"],
        charts: "output/four-experiences/charts",
        pictures: &[
            picture(
                "share",
                "share",
                "Market shares",
                "Who serves whom, over time. The band holds the mean with 95 % confidence; vertical marks are entries and interventions.",
            ),
            picture(
                "advantage",
                "advantage",
                "Competitive advantage",
                "Value created per transaction, less that of the best rival: at most one firm is above zero, and it has the advantage. Below, the lead over the mean of all.",
            ),
            picture(
                "fit",
                "fit",
                "Fit and knowledge",
                "How well what firms offer fits the need, and below it the knowledge of customers that this rests on.",
            ),
            picture(
                "value",
                "value",
                "Where the value goes",
                "A perfect fit without friction is worth 1. The bars show what is lost, what it costs, and who keeps the rest.",
            ),
            picture(
                "frontier",
                "frontier",
                "Willingness to pay and cost",
                "Each firm's path from its first periods to its last: up is worth more to customers, cost is lower towards the side that the axis names, and along a dashed line the value created is the same.",
            ),
            picture(
                "market",
                "market",
                "The whole market",
                "Which part of needs is recognized and fulfilled, how concentrated the market is, and who gets the surplus.",
            ),
            picture(
                "journey",
                "journey",
                "The journey",
                "Recognize, request, respond: the part of each phase's friction that a firm takes away, who acts, and which needs it meets.",
            ),
            picture(
                "wheel",
                "wheel",
                "The wheel",
                "Interactions, knowledge, fit and value of each firm at three moments: a loop that compounds grows at every station.",
            ),
            picture(
                "map",
                "map",
                "The map of tastes",
                "Where customers are, what firms sell, and what they believe: products move to where customers are, and estimates find their customers. With PNG charts it also comes as an animation.",
            ),
        ],
    },
    Session {
        heading: "Learning curves",
        says: "Four firms that differ only in what they learn: about each customer, across customers, both or neither.",
        commands: &["run scenarios/learners.toml --replicates 6"],
        charts: "output/learners/charts",
        pictures: &[
            picture(
                "learning",
                "learning",
                "What is learned about a customer",
                "Knowledge and fit by how many transactions a customer has had with the firm; dashed is what Bayesian learning predicts. The firm that learns nothing fits its late transactions well all the same, for only customers whom it happens to fit come back so often.",
            ),
            picture(
                "newcomers",
                "newcomers",
                "What is learned across customers",
                "How well the first transaction of a new customer fits, the more transactions the firm had before. Only learning across customers helps whom nobody knows yet.",
            ),
        ],
    },
    Session {
        heading: "Single markets",
        says: "Four firms that differ in nothing but luck. Where single markets end apart, means mislead, and every market is shown.",
        commands: &["run scenarios/early-luck.toml"],
        charts: "output/early-luck/charts",
        pictures: &[picture(
            "fates",
            "fates",
            "Fates",
            "A thin line for each market, the median as a thick one, and to the right how many markets end at which share.",
        )],
    },
    Session {
        heading: "Kinds of customers",
        says: "Several populations, and firms that serve them differently.",
        commands: &["run scenarios/range-of-experiences.toml --replicates 6"],
        charts: "output/range-of-experiences/charts",
        pictures: &[picture(
            "populations",
            "populations",
            "By population",
            "Each firm's share of the transactions of every kind of customer, and the value that it creates for them.",
        )],
    },
    Session {
        heading: "Kinds of needs",
        says: "What is at stake differs from need to need within one household, and so may the experience.",
        commands: &["run scenarios/what-is-at-stake.toml --replicates 6"],
        charts: "output/what-is-at-stake/charts",
        pictures: &[picture(
            "kinds",
            "kinds",
            "By kind of need",
            "Each firm's share of the transactions for every kind of need, the experience that it serves the kind with, how well that fits, and what mistakes cost.",
        )],
    },
    Session {
        heading: "Other looks and languages",
        says: "Any run can be drawn again for another medium, in another language. Nothing is simulated.",
        commands: &[
            "run scenarios/latecomer.toml --replicates 6",
            "chart output/latecomer --theme print --language nl",
        ],
        charts: "output/latecomer/charts",
        pictures: &[picture(
            "share",
            "share-print",
            "For a printer, in Dutch",
            "Greys, dashes and marks in place of colours.",
        )],
    },
    Session {
        heading: "For a slide, in Spanish",
        says: "Large text and strong lines, to be read from the last row.",
        commands: &[
            "run scenarios/latecomer.toml --replicates 6",
            "chart output/latecomer --theme slide --language es",
        ],
        charts: "output/latecomer/charts",
        pictures: &[picture(
            "fit",
            "fit-slide",
            "Fit and knowledge on a slide",
            "The same chart as above, of another market.",
        )],
    },
    Session {
        heading: "A sweep over one parameter",
        says: "The same market at several values of a parameter; see [sweeps.md](sweeps.md).",
        commands: &["run scenarios/experiments/awareness.toml --replicates 4"],
        charts: "output/awareness/charts",
        pictures: &[picture(
            "sweep-share",
            "sweep",
            "Shares by one parameter",
            "A line per firm, with the confidence band of its mean.",
        )],
    },
    Session {
        heading: "A sweep over two parameters",
        says: "A grid of two parameters.",
        commands: &["run scenarios/experiments/agency-by-stakes.toml --replicates 4"],
        charts: "output/agency-by-stakes/charts",
        pictures: &[
            picture(
                "sweep-share",
                "sweep-grid",
                "Shares over a grid",
                "A panel per firm; darker is a larger share.",
            ),
            picture(
                "sweep-leader",
                "sweep-leader",
                "Who leads where",
                "The firm with the largest share at each point; paler where replicates do not agree.",
            ),
        ],
    },
    Session {
        heading: "Sensitivity",
        says: "Several parameters vary at once over wide ranges. The scenario is [sensitivity.toml](gallery/sensitivity.toml).",
        commands: &["run docs/gallery/sensitivity.toml"],
        charts: "output/sensitivity/charts",
        pictures: &[
            picture(
                "sensitivity",
                "sensitivity",
                "What matters most",
                "How far the outcome moves when a parameter does, and how far that depends on the others.",
            ),
            picture(
                "sweep-share",
                "sweep-samples",
                "Shares by sampled parameters",
                "One panel per parameter, one dot per sampled market.",
            ),
        ],
    },
    Session {
        heading: "Sources of advantage",
        says: "What learning about each customer and learning across customers add; see [loop.md](loop.md).",
        commands: &["run scenarios/experiments/sources.toml --replicates 6"],
        charts: "output/sources/charts",
        pictures: &[
            picture(
                "sources",
                "sources",
                "The sources of one firm's advantage",
                "The outcome with and without each kind of learning, and what each contributes (Shapley values).",
            ),
            picture(
                "sources-experiences",
                "sources-experiences",
                "The same for every experience",
                "Which kind of learning each connected experience lives on.",
            ),
        ],
    },
    Session {
        heading: "A head start",
        says: "What becomes of knowledge that a firm is given once; see [loop.md](loop.md).",
        commands: &["run scenarios/experiments/head-start.toml"],
        charts: "output/head-start/charts",
        pictures: &[
            picture(
                "amplification",
                "amplification",
                "Amplification in the early market",
                "The difference that a head start makes, over time, against what it would be if it neither grew nor faded.",
            ),
            picture(
                "amplification-2",
                "amplification-late",
                "Amplification in the settled market",
                "The same head start, given late.",
            ),
        ],
    },
    Session {
        heading: "The learning loop",
        says: "How strongly each link of the loop passes on what it gets; see [loop.md](loop.md).",
        commands: &["run scenarios/experiments/loop.toml --replicates 6"],
        charts: "output/loop/charts",
        pictures: &[
            picture(
                "loop",
                "loop",
                "The loop, link by link",
                "What a push at one link does to the next; in the middle, what the loop gives back in all.",
            ),
            picture(
                "feedback-2-from-10",
                "loop-feedback-10",
                "What comes back early",
                "What a head start in period 10 adds directly, and what it adds when customers answer.",
            ),
            picture(
                "feedback-2-from-50",
                "loop-feedback-50",
                "What comes back in period 50",
                "The same head start, given when firms know more.",
            ),
            picture(
                "feedback-2-from-170",
                "loop-feedback-170",
                "What comes back late",
                "The same head start, given when most is known.",
            ),
        ],
    },
    Session {
        heading: "The game of experiences",
        says: "Firms choose experiences, and every profile of choices is simulated; see [game.md](game.md).",
        commands: &["run scenarios/experiments/game-of-experiences.toml --replicates 4"],
        charts: "output/game-of-experiences/charts",
        pictures: &[
            picture(
                "game",
                "game",
                "Who would rather change",
                "The profit of each firm in every profile of choices, and the firm that would gain by another choice; in an equilibrium there is none.",
            ),
            picture(
                "game-2",
                "game-payoffs",
                "Payoffs by choice",
                "What a firm earns with each experience, by what its rivals offer.",
            ),
            picture(
                "game-simplex",
                "game-simplex",
                "Where populations of firms end up",
                "Shares of three experiences among firms, as firms turn to what pays (replicator dynamics).",
            ),
        ],
    },
    Session {
        heading: "Two runs compared",
        says: "Runs with the same seed face the same customers with the same needs, so that small differences show.",
        commands: &[
            "run scenarios/four-experiences.toml --replicates 6 -o before",
            "run scenarios/four-experiences.toml --replicates 6 -o after --set firms.coach.price=0.25",
            "compare before/four-experiences after/four-experiences -o output/cheaper-coach",
        ],
        charts: "output/cheaper-coach",
        pictures: &[picture(
            "comparison",
            "comparison",
            "What a lower price changes",
            "Differences replicate by replicate, with 95 % intervals.",
        )],
    },
];
