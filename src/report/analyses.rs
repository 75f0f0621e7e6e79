//! Analyses on the page: in which chapter each kind is told.

use super::charts::Chapter;
use crate::analysis::amplification::Amplification;
use crate::analysis::game::Played;
use crate::analysis::kind::{AnalysisKind, Kind, each_kind};
use crate::analysis::sensitivity::Sensitivity;
use crate::analysis::sources::Sources;
use crate::analysis::wheel::Loop;

/// A kind of analysis that the page tells of.
trait Told: Kind {
    /// Where in the story.
    const CHAPTER: Chapter = Chapter::Why;
}

/// Where in the story a kind is told.
pub fn chapter(kind: AnalysisKind) -> Chapter {
    each_kind!(kind, Own => <Own as Told>::CHAPTER)
}

impl Told for Amplification {}
impl Told for Loop {}
impl Told for Sources {}

impl Told for Played {
    const CHAPTER: Chapter = Chapter::Change;
}

impl Told for Sensitivity {
    const CHAPTER: Chapter = Chapter::Change;
}
