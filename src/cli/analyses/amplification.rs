//! Kind "amplification": what becomes of a head start in knowledge.

use flywheel::analysis::amplification::{
    Amplification, Collector, Question, VARIANTS, Verdict, size,
};
use flywheel::chart::{Figure, draw_amplification};
use flywheel::experiment::Cells;
use flywheel::model::{HeadStart, Perturbation, Plan};
use flywheel::scenario::{Analysis, Diagnostics, RecordedTable, Scenario};
use flywheel::table::{AMPLIFICATION, AMPLIFICATION_VERDICT};

use super::super::job::Failure;
use super::{Context, variant};

/// Does the analyses of this kind; a figure for each, or none if the run was stopped.
pub fn run(context: &Context) -> Result<Option<Vec<Figure>>, Failure> {
    let mut found = Vec::new();
    for (analysis, question) in questions(context.scenario) {
        let Some(amplification) = answer(context, analysis, question)? else {
            return Ok(None);
        };
        context.note(&sentence(&amplification));
        found.push(amplification);
    }
    if found.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let [courses, verdicts] = Amplification::tables(&found);
    context.write(&AMPLIFICATION, &courses)?;
    context.write(&AMPLIFICATION_VERDICT, &verdicts)?;
    let figures = found.iter();
    Ok(Some(
        figures
            .map(|found| draw_amplification(context.scenario, found))
            .collect(),
    ))
}

/// The analyses of this kind.
fn questions(scenario: &Scenario) -> Vec<(&Analysis, Question)> {
    let mut questions = Vec::new();
    for (number, analysis) in (1..).zip(&scenario.analyses) {
        let Analysis::Amplification {
            firm,
            period,
            precision,
            outcome,
        } = analysis
        else {
            continue;
        };
        let question = Question {
            analysis: number,
            firm: firm.clone(),
            outcome: *outcome,
            period: *period,
            precision: *precision,
            periods: scenario.simulation.periods,
        };
        questions.push((analysis, question));
    }
    questions
}

/// Simulates the three markets of a question; none if the run was stopped.
fn answer(
    context: &Context,
    analysis: &Analysis,
    question: Question,
) -> Result<Option<Amplification>, Failure> {
    let scenario = context.scenario;
    let cells = Cells {
        points: VARIANTS,
        replicates: scenario.simulation.replicates,
    };
    let kept = variant(
        scenario,
        RecordedTable::Firms,
        (question.period, question.periods),
    );
    let mut collector = Collector::new(question.clone());
    let complete = context.simulate(
        question.analysis as usize,
        analysis,
        &cells,
        &|variant| plan(&kept, &question, variant),
        &mut |cell, finished| {
            collector.add(cell.replicate, cell.point, &finished.records.firms);
        },
    )?;
    Ok(complete.then(|| collector.finish()))
}

/// The market with as much of the head start as a variant has.
fn plan(scenario: &Scenario, question: &Question, variant: u32) -> Result<Plan, Diagnostics> {
    let part = size(variant);
    let head_start = match question.precision {
        Some(precision) => HeadStart::Precision(part * precision),
        None => HeadStart::Observations(part),
    };
    Plan::new(scenario)?.with_perturbation(Perturbation {
        head_start,
        ..Perturbation::of(&question.firm, question.period)
    })
}

/// What was found, in a sentence or two.
fn sentence(amplification: &Amplification) -> String {
    let Amplification {
        question,
        finding,
        course,
    } = amplification;
    let start = format!(
        "a head start of {} in period {}",
        question.firm, question.period
    );
    let replicates = course.last().map_or(0, |step| step.gain.count);
    let (early, late) = (finding.early, finding.late);
    let periods = format!(
        "per period in {} to {} over {} to {}",
        late.0, late.1, early.0, early.1
    );
    let ratio = finding.ratio;
    let interval = format!(
        "{:.2} times as much {periods}, 95 % interval {:.2} to {:.2}",
        ratio.mean, ratio.low, ratio.high
    );
    let mut words = match finding.verdict {
        Verdict::NoEffect if replicates < 2 => {
            format!("{start}: one replicate tells nothing; raise simulation.replicates")
        }
        Verdict::NoEffect => format!(
            "{start} does nothing in periods {} to {} that can be told from zero",
            early.0, early.1
        ),
        Verdict::Compounds => format!("{start} compounds: {interval}"),
        Verdict::Keeps => format!("{start} keeps: {interval}"),
        Verdict::Dissipates => format!("{start} dissipates: {interval}"),
        Verdict::Undecided => {
            format!("{start}: undecided, more replicates would tell: {interval}")
        }
    };
    let time = finding.time;
    if time.mean.is_finite() {
        let name = if finding.verdict == Verdict::Compounds {
            "doubling time"
        } else {
            "half-life"
        };
        let reach = if time.high.is_finite() {
            format!("{:.0} to {:.0}", time.low, time.high)
        } else {
            format!("{:.0} or more", time.low)
        };
        words.push_str(&format!("; {name} {:.0} periods ({reach})", time.mean));
    }
    if !finding.is_linear && finding.half_size.mean.is_finite() {
        words.push_str(&format!(
            "; the answer is not linear: half of the head start gives {:.0} % of it, not 50 %",
            50.0 * finding.half_size.mean
        ));
    }
    words
}
