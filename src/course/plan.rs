//! Ninety minutes of class.

use super::{Course, Told};

/// A part of the class.
pub(super) struct Part {
    /// From when to when, in minutes.
    pub minutes: [u32; 2],
    /// What happens, as a key of the course's words.
    pub key: &'static str,
    /// The number of the lesson that is taught, from 1.
    pub lesson: Option<usize>,
}

/// The plan.
pub(super) const PLAN: [Part; 6] = [
    part([0, 10], "guide.opening", None),
    part([10, 25], "guide.short", Some(1)),
    part([25, 45], "guide.long", Some(6)),
    part([45, 60], "guide.short", Some(5)),
    part([60, 80], "guide.groups", Some(10)),
    part([80, 90], "guide.transfer", None),
];

const fn part(minutes: [u32; 2], key: &'static str, lesson: Option<usize>) -> Part {
    Part {
        minutes,
        key,
        lesson,
    }
}

/// The lessons of the plan in its order, with their numbers.
pub(super) fn taught(lessons: &[(Course, Told)]) -> impl Iterator<Item = (usize, &(Course, Told))> {
    let numbers = PLAN.into_iter().filter_map(|part| part.lesson);
    numbers.filter_map(|number| Some((number, lessons.get(number - 1)?)))
}
