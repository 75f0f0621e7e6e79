//! What in the folder of a run is not as it should be.

use thiserror::Error;

use super::names::{JOURNAL, MANIFEST, SCENARIO};

/// Something that is not as it should be; paths are from the folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Difference {
    /// A file is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// A file has other bytes.
    #[error("{0} has changed since it was written")]
    Changed(String),
    /// A file is there that the run did not write.
    #[error("{0} is there, but the manifest does not name it")]
    Extra(String),
    /// The manifest names a file that is not in the folder, or none at all.
    #[error("{MANIFEST} names {0}, which is no path inside the folder")]
    Outside(String),
    /// Something else than a file stands in its place.
    #[error("{0} is not as it was written: {1}")]
    NotAFile(String, String),
    /// The scenario is not the one that the manifest is of.
    #[error("{SCENARIO} is not the scenario of which the manifest has the hash")]
    OtherScenario,
    /// The manifest says something that does not follow from the scenario, or from the tables.
    #[error("{MANIFEST} says {field} = {says}, but by {by} it is {is}")]
    Claim {
        /// Key in the manifest.
        field: &'static str,
        /// What it says.
        says: String,
        /// What it should say.
        is: String,
        /// From what that follows.
        by: &'static str,
    },
    /// The finished cells are damaged.
    #[error("{JOURNAL} is damaged in {0} places: the next run computes what stood there again")]
    DamagedCells(usize),
}

/// Claims that do not hold.
pub struct Claims(pub Vec<Difference>);

impl Claims {
    /// Holds what the manifest says against what it should say.
    pub fn hold<T: PartialEq + ToString>(
        &mut self,
        field: &'static str,
        says: &T,
        is: &T,
        by: &'static str,
    ) {
        if says != is {
            self.0.push(Self::differ(field, says, is, by));
        }
    }

    pub(super) fn differ(
        field: &'static str,
        says: &impl ToString,
        is: &impl ToString,
        by: &'static str,
    ) -> Difference {
        Difference::Claim {
            field,
            says: says.to_string(),
            is: is.to_string(),
            by,
        }
    }
}
