//! The list of all kinds of analyses: the only place that names each.

use super::Kind;
pub use crate::analysis::feedback::Feedbacks;
pub use crate::analysis::sources::Sources;
#[cfg(feature = "system")]
pub use crate::analysis::{
    amplification::Amplification, calibration::Calibrated, game::Played, sensitivity::Sensitivity,
    wheel::Loop,
};

/// A kind of the list.
pub trait Listed: Kind {
    /// Which.
    const KIND: AnalysisKind;

    /// The answer as one of any kind.
    fn into_answer(self) -> Answer;

    /// The answer of this kind, if it is one.
    fn of(answer: &Answer) -> Option<&Self>;
}

macro_rules! kinds {
    ($d:tt $($name:ident),+ $(,)?) => {
        /// Which kind of analysis.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum AnalysisKind { $(
            #[doc = concat!("That of [`", stringify!($name), "`].")]
            $name,
        )+ }

        /// An answer of any kind.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Answer { $(
            #[doc = concat!("[`", stringify!($name), "`]")]
            $name($name),
        )+ }

        impl AnalysisKind {
            /// All kinds, in the order in which they are done and told.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// What scenarios call it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => <$name as Kind>::NAME,)+ }
            }

            /// Whether it says what would change the outcome, rather than why it came about.
            #[must_use]
            pub const fn tells_change(self) -> bool {
                match self { $(Self::$name => <$name as Kind>::TELLS_CHANGE,)+ }
            }
        }

        impl Answer {
            /// Of which kind it is.
            #[must_use]
            pub const fn kind(&self) -> AnalysisKind {
                match self { $(Self::$name(_) => AnalysisKind::$name,)+ }
            }
        }

        $(impl Listed for $name {
            const KIND: AnalysisKind = AnalysisKind::$name;

            fn into_answer(self) -> Answer {
                Answer::$name(self)
            }

            fn of(answer: &Answer) -> Option<&Self> {
                match answer {
                    Answer::$name(own) => Some(own),
                    _ => None,
                }
            }
        })+

        /// What an expression in which `$own` is the answer gives, whichever kind it is of.
        macro_rules! each_answer {
            ($d answer:expr, $d own:ident => $d body:expr) => {
                match $d answer { $( $crate::analysis::kind::Answer::$name($d own) => $d body, )+ }
            };
        }

        /// What an expression in which `$Own` is the type of a kind's answers gives.
        macro_rules! each_kind {
            ($d kind:expr, $d Own:ident => $d body:expr) => {
                match $d kind { $( $crate::analysis::kind::AnalysisKind::$name => {
                    type $d Own = $crate::analysis::kind::list::$name;
                    $d body
                } )+ }
            };
        }
        pub(crate) use {each_answer, each_kind};
    };
}

#[cfg(feature = "system")]
kinds!($ Sensitivity, Calibrated, Played, Feedbacks, Amplification, Loop, Sources);
// those that the lab shows: a page need not hold the others
#[cfg(not(feature = "system"))]
kinds!($ Feedbacks, Sources);
