//! What most programs need: `use flywheel::prelude::*;`. The programs in `examples/` need nothing else of the library.

pub use crate::analysis::{Collector, Results};
pub use crate::experiment::Design;
pub use crate::model::{Market, Plan, Records};
pub use crate::scenario::{Diagnostics, Firm, Override, Population, Quantity, Scenario};
pub use crate::statistics::{Estimate, Moments};
