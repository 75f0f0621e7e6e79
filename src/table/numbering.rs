//! The columns in front of the others: to which point of a sweep a row belongs, and to which variant.

use std::sync::Arc;

use super::definition::{Column, POINT, VARIANT};

/// How rows say to which of the worlds of a run they belong. A world has a number: those of a point follow each other,
/// variant by variant. Where there is but one world, rows say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbering {
    points: bool,
    variants: Arc<[String]>,
}

impl Numbering {
    /// Rows say the point if there is a sweep, and the variant if there are names of variants.
    #[must_use]
    pub fn new(points: bool, variants: Vec<String>) -> Self {
        Self {
            points,
            variants: variants.into(),
        }
    }

    /// Rows say the point.
    #[must_use]
    pub fn points() -> Self {
        Self::new(true, Vec::new())
    }

    /// Whether rows say anything.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.points || !self.variants.is_empty()
    }

    /// The columns in which they say it.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        let variants = (!self.variants.is_empty()).then_some(&VARIANT);
        self.points.then_some(&POINT).into_iter().chain(variants)
    }

    /// Point and variant of a world.
    #[must_use]
    pub fn of(&self, world: u32) -> (Option<u32>, Option<&str>) {
        let count = self.count();
        let variant = self.variants.get((world % count) as usize);
        let point = self.points.then_some(world / count);
        (point, variant.map(String::as_str))
    }

    /// The number of the world of this point and variant; none if there is no such variant.
    #[must_use]
    pub fn world(&self, point: Option<i64>, variant: Option<&str>) -> Option<i64> {
        let place = match variant {
            Some(name) => self.variants.iter().position(|known| known == name)?,
            None => 0,
        };
        let place = i64::try_from(place).ok()?;
        Some(point.unwrap_or(0) * i64::from(self.count()) + place)
    }

    /// Worlds of a point.
    fn count(&self) -> u32 {
        u32::try_from(self.variants.len().max(1)).unwrap_or(u32::MAX)
    }

    /// Names of the variants, in order.
    #[must_use]
    pub fn variants(&self) -> &[String] {
        &self.variants
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_have_a_point_and_a_variant() {
        let both = Numbering::new(true, vec!["base".to_owned(), "aware".to_owned()]);
        assert_eq!(both.of(5), (Some(2), Some("aware")));
        assert_eq!(both.world(Some(2), Some("aware")), Some(5));
        assert_eq!(both.world(Some(2), Some("other")), None);
        assert_eq!(Numbering::points().of(5), (Some(5), None));
        assert_eq!(Numbering::points().world(Some(5), None), Some(5));
        let one = Numbering::default();
        assert_eq!((one.of(0), one.is_there()), ((None, None), false));
    }
}
