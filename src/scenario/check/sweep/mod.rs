//! `[sweep]`: its design, its axes or rows, and whether its points can be.
//!
//! Paths are resolved and values held against the schema as everywhere ([`axes`], [`rows`]); what can go wrong between
//! them is tried later, point by point.

mod axes;
mod range;
mod rows;

use serde_json::Value as Json;

use super::target::{self, Use};
use crate::scenario::diagnostics::{Problem, Span};
use crate::scenario::merge::Groups;
use crate::scenario::paths::{Part, text};
use crate::scenario::schema::DesignKind;
use crate::scenario::structure;
use crate::scenario::tree::{Node, Value};

/// Most points of a sweep; more are surely a slip.
const MOST_POINTS: u64 = 1_000_000;

/// Points of the Sobol sequence that its generator has.
const MOST_SOBOL: i128 = 1 << 16;

/// Dimensions of the Sobol sequence that its generator has.
const MOST_SOBOL_AXES: usize = 256;

/// Checks the sweep; numbers become what their parameters take, rows flat tables of paths.
pub(super) fn resolve(root: &mut Node, groups: &Groups, problems: &mut Vec<Problem>) -> Varied {
    let Some(mut sweep) = root.get("sweep").filter(|s| s.table().is_some()).cloned() else {
        return Varied::default();
    };
    let design = design_of(&sweep);
    if let Some(design) = design {
        check_design(&sweep, design, problems);
    }
    let mut context = Context {
        root,
        groups,
        taken: Vec::new(),
    };
    let axes = axes::resolve(&mut sweep, design, &mut context, problems);
    let rows = rows::resolve(&mut sweep, &mut context, problems);
    if design == Some(DesignKind::Grid) {
        check_size(&sweep, &axes, problems);
    }
    root.table_mut()
        .and_then(|table| table.insert("sweep".to_owned(), sweep));
    Varied {
        axes,
        rows,
        variants: Vec::new(),
    }
}

/// The design; none where it was reported as wrong.
fn design_of(sweep: &Node) -> Option<DesignKind> {
    match sweep.get("design") {
        None => Some(DesignKind::Grid),
        Some(design) => DesignKind::named(design.text()?),
    }
}

/// Whether the sweep has what its design needs, and nothing else.
fn check_design(sweep: &Node, design: DesignKind, problems: &mut Vec<Problem>) {
    let place = |key: &str| sweep.get(key).and_then(|node| node.key_place());
    let own = place("design").or(sweep.place());
    let samples = sweep.get("samples");
    if design.is_sampled() && samples.is_none() {
        problems.push(
            Problem::new("this design needs `samples`, the number of points")
                .at(sweep.get("design").and_then(Node::place), "sweep.samples")
                .label("samples of how many points?")
                .help("for example: samples = 256"),
        );
    }
    if !design.is_sampled() && samples.is_some() {
        let (what, number) = match design {
            DesignKind::List => ("a list", "as many points as rows"),
            _ => (
                "a grid",
                "a point for every combination of the axes' values",
            ),
        };
        problems.push(
            Problem::new(format!("{what} has no `samples`: it has {number}"))
                .at(place("samples"), "sweep.samples")
                .label("take it out")
                .help("`samples` belongs to the designs \"latin-hypercube\" and \"sobol\""),
        );
    }
    if design == DesignKind::Sobol {
        check_sobol(sweep, problems);
    }
    let axes = sweep.get("axes").map_or(0, |axes| axes.items().len());
    let has_points = sweep.get("points").is_some();
    match (design == DesignKind::List, has_points) {
        (true, false) => problems.push(
            Problem::new("a list needs [[sweep.points]], one for each point")
                .at(own, "sweep.points")
                .label("which points?")
                .help(
                    "for example: [[sweep.points]] with \"firms.*.price\" = 0.3 on the next line",
                ),
        ),
        (false, true) => problems.push(
            Problem::new("[[sweep.points]] belongs to the design \"list\"")
                .at(first_place(sweep.get("points")), "sweep.points")
                .label("not used by this design")
                .help("write design = \"list\" under [sweep], or take the rows out"),
        ),
        _ => {}
    }
    let invalid_axes = sweep.get("axes").is_some_and(Node::is_invalid);
    if design == DesignKind::List && axes > 0 {
        problems.push(
            Problem::new("a list has no axes: its points give all values")
                .at(first_place(sweep.get("axes")), "sweep.axes")
                .label("take it out, or choose another design"),
        );
    } else if design != DesignKind::List && axes == 0 && !has_points && !invalid_axes {
        problems.push(
            Problem::new("this sweep varies nothing: it has no axes")
                .at(own, "sweep.axes")
                .label("needs at least one [[sweep.axes]]")
                .help("for example: [[sweep.axes]] with key = \"firms.*.price\" and values = [0.2, 0.3] on the next lines"),
        );
    }
}

fn check_sobol(sweep: &Node, problems: &mut Vec<Problem>) {
    let samples = sweep.get("samples");
    if let Some(node) = samples
        && node.integer().is_some_and(|samples| samples > MOST_SOBOL)
    {
        problems.push(
            Problem::new(format!("the Sobol sequence ends after {MOST_SOBOL} points"))
                .at(node.place(), "sweep.samples")
                .label(format!("should be at most {MOST_SOBOL}"))
                .help("design = \"latin-hypercube\" takes more"),
        );
    }
    let axes = sweep.list("axes");
    if let Some(axis) = axes.get(MOST_SOBOL_AXES) {
        problems.push(
            Problem::new(format!(
                "the Sobol sequence has no more than {MOST_SOBOL_AXES} dimensions"
            ))
            .at(axis.place(), "sweep.axes")
            .label("one axis too many")
            .help("design = \"latin-hypercube\" takes more"),
        );
    }
}

/// The place of the first item of a list, or else of the list.
fn first_place(list: Option<&Node>) -> Option<&Span> {
    let list = list?;
    let first = list.items().first().and_then(Node::place);
    first.or(list.place())
}

fn check_size(sweep: &Node, axes: &[Axis], problems: &mut Vec<Problem>) {
    let points = axes
        .iter()
        .fold(1_u64, |product, axis| product.saturating_mul(axis.levels));
    if points > MOST_POINTS {
        problems.push(
            Problem::new(format!("this grid has {points} points"))
                .at(
                    first_place(sweep.get("axes")).or(sweep.place()),
                    "sweep.axes",
                )
                .label(format!("all axes together at most {MOST_POINTS}"))
                .help("give fewer values, or sample: design = \"sobol\" or \"latin-hypercube\""),
        );
    }
}

/// What checks of single values need to know.
struct Context<'a> {
    root: &'a Node,
    groups: &'a Groups,
    /// Single parameters that vary already.
    taken: Vec<Vec<String>>,
}

/// What varies over a sweep, as far as it is right.
#[derive(Default)]
pub(in crate::scenario) struct Varied {
    pub axes: Vec<Axis>,
    /// The points of a list.
    pub rows: Vec<Vec<(String, Node)>>,
    /// The variants with what each sets.
    pub variants: Vec<(String, Vec<(String, Node)>)>,
}

/// An axis, as far as it is right.
pub(in crate::scenario) struct Axis {
    /// Paths of what varies, as written.
    pub paths: Vec<String>,
    /// Number of values in a grid.
    levels: u64,
    /// All values, or only the ends of a range to sample; one item for each path.
    pub values: Vec<Vec<Node>>,
}

impl Context<'_> {
    /// The schema of what a path means, unless another axis varies it already.
    fn claim(&mut self, parts: &[Part], problems: &mut Vec<Problem>) -> Option<&'static Json> {
        let found = target::resolve(parts, Use::Sweep, self.root, self.groups);
        let target = found.map_err(|problem| problems.push(problem)).ok()?;
        let span = parts.last().and_then(|part| part.span.as_ref());
        let overlaps =
            |one: &[String], other: &[String]| one.starts_with(other) || other.starts_with(one);
        for path in &target.paths {
            if let Some(other) = self.taken.iter().find(|other| overlaps(path, other)) {
                problems.push(
                    Problem::new(format!("`{}` is varied twice", other.join(".")))
                        .at(span, &text(parts))
                        .label("the second time")
                        .help(
                            "parameters that move together are one axis: keys = [\"...\", \"...\"]",
                        ),
                );
                return None;
            }
        }
        self.taken.extend(target.paths);
        target.part
    }
}

/// Holds a value against the parameters that take it; it becomes what all of them take.
fn check_value(value: &mut Node, targets: &[(String, &'static Json)], problems: &mut Vec<Problem>) {
    let before = problems.len();
    let mut checked = Vec::with_capacity(targets.len());
    for (path, part) in targets {
        let mut own = value.clone();
        structure::check(&mut own, part, path, problems);
        checked.push(own);
    }
    // a whole number stays one where one of several parameters takes nothing else
    let all_floats = checked.iter().all(|v| matches!(v.value, Value::Float(_)));
    if problems.len() > before {
        value.value = Value::Invalid;
    } else if all_floats && let Some(first) = checked.into_iter().next() {
        value.value = first.value;
    }
}
