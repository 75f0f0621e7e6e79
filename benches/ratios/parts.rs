//! What is measured, part by part, as Markdown.

use std::fmt::Write as _;
use std::hint::black_box;

use cpu_time::ThreadTime;
use flywheel::model::{InstructionSet, Market, Records};
use flywheel::table::{Format, Metadata, Numbering, create};
use rayon::prelude::*;

use crate::cases::Feature;
use crate::measure::{Run, case_kernel, engine, in_turns, least_time, plan};
use crate::sheet::{Scale, grouped, head};
use crate::{growth, more, shapes};

/// A part of the measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Sizes,
    Limit,
    Features,
    More,
    Growth,
    Shapes,
    Threads,
    Tables,
}

impl Part {
    pub const ALL: [Self; 8] = [
        Self::Sizes,
        Self::Limit,
        Self::Features,
        Self::More,
        Self::Growth,
        Self::Shapes,
        Self::Threads,
        Self::Tables,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sizes => "sizes",
            Self::Limit => "limit",
            Self::Features => "features",
            Self::More => "more",
            Self::Growth => "growth",
            Self::Shapes => "shapes",
            Self::Threads => "threads",
            Self::Tables => "tables",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }

    pub fn measure(self, scale: Scale) -> String {
        match self {
            Self::Sizes => sizes(scale),
            Self::Limit => limit(scale),
            Self::Features => features(scale),
            Self::More => more::measure(scale),
            Self::Growth => growth::measure(scale),
            Self::Shapes => shapes::measure(scale),
            Self::Threads => threads(scale),
            Self::Tables => tables(scale),
        }
    }
}

/// Customers, periods and rounds.
const SIZES: [(u32, u32, u32); 3] = [(5_000, 300, 25), (100_000, 60, 8), (1_000_000, 20, 5)];

fn cell(run: Run, reference: Run) -> String {
    format!(
        "{:.1} ({:.2})",
        run.speed(),
        run.speed() / reference.speed()
    )
}

/// The plain loop and every instruction set at three sizes, and what it takes to create a customer.
fn sizes(scale: Scale) -> String {
    let sets = InstructionSet::available();
    let names = sets.iter().map(|set| set.name());
    let columns: Vec<&str> = ["customers x periods", "plain loop"]
        .into_iter()
        .chain(names)
        .collect();
    let mut speeds = head(&columns);
    let mut creations = head(&[
        "customers",
        "creating one, ns",
        "a need, ns",
        "creation in needs",
    ]);
    for (customers, periods, rounds) in SIZES.into_iter().filter(|it| it.0 <= scale.limit()) {
        let (reference, engines) = in_turns(
            Feature::Plain,
            customers,
            periods,
            &sets,
            scale.rounds(rounds),
        );
        let cells: Vec<_> = engines.iter().map(|&run| cell(run, reference)).collect();
        let name = format!("{} x {periods}", grouped(customers));
        let _ = writeln!(
            speeds,
            "| {name} | {:.1} | {} |",
            reference.speed(),
            cells.join(" | ")
        );
        let best = engines[engines.len() - 1];
        let creation = best.creation / f64::from(customers) * 1e9;
        let _ = writeln!(
            creations,
            "| {} | {creation:.0} | {:.0} | {:.1} |",
            grouped(customers),
            best.need(),
            creation / best.need()
        );
    }
    format!(
        "Millions of needs per second, and ratios to the plain loop:\n\n{speeds}\nCreation:\n\n{creations}"
    )
}

/// The engine against the kernel that has nothing but the plain case, on every instruction set.
fn limit(scale: Scale) -> String {
    let mut out = head(&[
        "customers x periods",
        "instructions",
        "case kernel",
        "engine",
        "part of it",
    ]);
    for (customers, periods, rounds) in SIZES.into_iter().filter(|it| it.0 <= scale.limit()) {
        let plan = plan(Feature::Plain, customers, periods);
        for set in InstructionSet::available() {
            let mut both = [None; 2];
            for _ in 0..scale.rounds(rounds) {
                let now = [case_kernel(set, customers, periods), engine(&plan, set)];
                for (best, run) in both.iter_mut().zip(now) {
                    *best = Some(run.or_faster(*best));
                }
            }
            let [limit, engine] = both.map(|best| best.map_or(f64::NAN, Run::speed));
            let _ = writeln!(
                out,
                "| {} x {periods} | {} | {limit:.1} | {engine:.1} | {:.2} |",
                grouped(customers),
                set.name(),
                engine / limit
            );
        }
    }
    format!("Millions of needs per second, creation included:\n\n{out}")
}

/// Each feature against the loop that has it too.
fn features(scale: Scale) -> String {
    let best = [InstructionSet::preferred()];
    let mut out = head(&[
        "feature",
        "loop, 5,000",
        "engine",
        "loop, 100,000",
        "engine",
    ]);
    for feature in Feature::ALL {
        let _ = write!(out, "| {} |", feature.name().replace('-', " "));
        for (customers, periods, rounds) in [(5_000, 300, 15), (100_000, 20, 7)] {
            let (reference, engines) =
                in_turns(feature, customers, periods, &best, scale.rounds(rounds));
            let _ = write!(
                out,
                " {:.1} | {} |",
                reference.speed(),
                cell(engines[0], reference)
            );
        }
        out.push('\n');
    }
    format!(
        "Millions of needs per second with {}, and ratios:\n\n{out}",
        best[0].name()
    )
}

/// One thread and two, in time that passes: replicates side by side, and inside one market.
fn threads(scale: Scale) -> String {
    let live = |market| {
        black_box(lived(market));
    };
    let small = plan(Feature::Plain, 5_000, 300);
    let replicates = || {
        (0..16_u32)
            .into_par_iter()
            .for_each(|it| live(small.market(it)));
    };
    let customers = 1_000_000.min(scale.limit());
    let large = plan(Feature::Plain, customers, 20);
    let market = || live(large.parallel_market(0));
    let whole = format!("one market of {}", grouped(customers));
    let cases: [(&str, &(dyn Fn() + Sync)); 2] =
        [("16 replicates of 5,000", &replicates), (&whole, &market)];
    let mut out = head(&["what", "one thread, s", "two threads, s", "ratio"]);
    let pools = [1, 2].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().expect("threads")
    });
    for (name, run) in cases {
        // a thread of two is slowed by other work twice as often, so minima would not compare like with like
        let mut times: Vec<[f64; 2]> = (0..scale.rounds(15))
            .map(|_| {
                pools
                    .each_ref()
                    .map(|pool| least_time(1, || pool.install(run)))
            })
            .collect();
        times.sort_by(|a, b| (a[0] / a[1]).total_cmp(&(b[0] / b[1])));
        let [one, two] = times[times.len() / 2];
        let _ = writeln!(out, "| {name} | {one:.3} | {two:.3} | {:.2} |", one / two);
    }
    format!("The round with the median ratio; creation and tables in memory included:\n\n{out}")
}

/// Replicates of a run whose tables are written, as many as a scenario has by default.
const REPLICATES: u32 = 20;

/// What it takes to write the tables of a run with 5,000 customers, in processor time.
fn tables(scale: Scale) -> String {
    let plan = plan(Feature::Plain, 5_000, 300);
    let mut out = head(&["format", "markets, ms", "writing, ms", "of the markets"]);
    for format in Format::ALL {
        let (mut markets, mut writing) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..scale.rounds(8) {
            let start = ThreadTime::now();
            let records: Vec<Records> = (0..REPLICATES).map(|it| lived(plan.market(it))).collect();
            markets = markets.min(start.elapsed().as_secs_f64());
            writing = writing.min(write_tables(&records, format));
        }
        let _ = writeln!(
            out,
            "| {} | {:.1} | {:.2} | {:.1} % |",
            format.name(),
            markets * 1e3,
            writing * 1e3,
            100.0 * writing / markets
        );
    }
    format!("Tables of {REPLICATES} replicates of 5,000 customers and 300 periods:\n\n{out}")
}

/// The records of a market that has lived.
fn lived(mut market: Market) -> Records {
    while !market.is_done() {
        market.step();
    }
    market.into_records()
}

/// Seconds of processor time for the tables of a run, from opening the files to the disk.
fn write_tables(records: &[Records], format: Format) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let start = ThreadTime::now();
    for n in 0..records[0].batches().len() {
        let table = records[0].batches()[n].definition();
        let path = format.path(folder.path(), table);
        let writer = create(
            format,
            &path,
            table,
            &Numbering::default(),
            &Metadata::new(),
        );
        let mut writer = writer.expect("a file");
        for replicate in records {
            let batch = replicate.batches()[n];
            writer.write(batch, 0).expect("space");
        }
        writer.finish().expect("space");
    }
    start.elapsed().as_secs_f64()
}
