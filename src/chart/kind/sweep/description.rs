//! What a chart of a sweep says without its picture: the text alternative, and the numbers.

use super::stage::Stage;
use super::wording;
use crate::analysis::{AxisValue, SweepPoint};
use crate::chart::kind::cast::Actor;
use crate::chart::kit::{Data, Entry, fill};

impl Stage<'_> {
    /// The text alternative: for every firm the range of its outcomes and where the greatest is.
    #[must_use]
    pub fn description(&self) -> String {
        const MOST: usize = 8;
        let mut sentences = vec![format!("{}.", self.outcome.measured)];
        for actor in self.leaders().take(MOST) {
            sentences.push(self.firm_in_words(actor));
        }
        sentences.join(" ")
    }

    fn firm_in_words(&self, actor: &Actor) -> String {
        let decimals = if self.outcome.format.is_percent() {
            1
        } else {
            3
        };
        let points = self.results.points.iter();
        let known = points
            .map(|point| (point, self.estimate(actor, point).mean))
            .filter(|(_, mean)| mean.is_finite());
        let by_mean = |a: &(&SweepPoint, f64), b: &(&SweepPoint, f64)| a.1.total_cmp(&b.1);
        let (least, most) = (known.clone().min_by(by_mean), known.max_by(by_mean));
        let (Some(least), Some(most)) = (least, most) else {
            return fill!(self.style, "describe.no_values", what = actor.name);
        };
        let [low, high] = [least, most].map(|(point, mean)| {
            let number = self.outcome.format.write(mean, decimals);
            let place = self.place(point);
            fill!(self.style, "sweep.at", value = number, place)
        });
        fill!(self.style, "sweep.range", firm = actor.name, low, high)
    }

    /// A row for every point and firm that is shown: values of the axes, and the outcome with its interval.
    #[must_use]
    pub fn data(&self) -> Data {
        let keys = self.results.axes.iter().map(|axis| axis.key.as_str());
        let columns: Vec<&str> = keys.chain(["firm", "mean", "low", "high"]).collect();
        let mut data = Data::new(&columns);
        for point in &self.results.points {
            let values: Vec<String> = point.values.iter().map(plain).collect();
            for actor in &self.cast {
                let mut entries: Vec<&dyn Entry> = values.iter().map(|v| v as &dyn Entry).collect();
                entries.push(&actor.name);
                data.push_estimate(&entries, &self.estimate(actor, point));
            }
        }
        data
    }

    /// Where a point is: "Need rate 0.5, Agency taste 1".
    fn place(&self, point: &SweepPoint) -> String {
        let values = self.axes.iter().zip(&point.values);
        let parts: Vec<String> = values
            .map(|(axis, value)| format!("{axis} {}", wording::value(&self.style, value)))
            .collect();
        parts.join(", ")
    }
}

/// A value of an axis for a machine.
pub fn plain(value: &AxisValue) -> String {
    match value {
        AxisValue::Number(number) => number.entry(),
        AxisValue::Text(text) => text.clone(),
    }
}
