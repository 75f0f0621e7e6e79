//! Charts: their style, and which are drawn.

use crate::errors::{end, mistakes, problems};

/// A chart of one market.
fn chart(lines: &str) -> String {
    problems(&end(&format!("[[charts]]\n{lines}")))
}

/// A chart of a sweep over two axes.
fn of_sweep(lines: &str) -> String {
    problems(&end(&format!(
        "[[sweep.axes]]\nkey = \"populations.*.need.rate\"\nlabel = \"Need rate\"\nvalues = [0.1, 0.2]\n\
         [[sweep.axes]]\nkey = \"market.fit_tolerance\"\nvalues = [0.5, 1.0]\n[[charts]]\n{lines}"
    )))
}

fn style(lines: &str) -> String {
    problems(&end(&format!("[chart_style]\n{lines}")))
}

/// An analysis at each point of a sweep.
const FEEDBACK: &str =
    "[[analyses]]\nkind = \"feedback\"\nfirm = \"acme\"\nperiod = 20\nat_each_point = true\n";

mistakes! {
    chart_style_theme_unknown: style("theme = \"slides\"");
    chart_style_language_unknown: style("language = \"de\"");
    chart_style_width_too_small: style("width = 100");
    chart_style_font_scale_too_large: style("font_scale = 4");
    chart_style_label_of_nobody: style("labels = { acne = \"Acme Inc.\" }");
    chart_style_label_empty: style("labels = { acme = \" \" }");
    chart_without_kind: chart("title = \"Shares\"");
    chart_kind_unknown: chart("kind = \"shares\"");
    chart_of_a_sweep_without_one: chart("kind = \"sweep\"");
    chart_of_one_market_in_a_sweep: of_sweep("kind = \"share\"");
    chart_of_leaders_without_a_plane: problems(&end("[[sweep.axes]]\nkey = \"market.fit_tolerance\"\nvalues = [0.5, 1.0]\n[[charts]]\nkind = \"sweep-leader\""));
    chart_map_without_table: chart("kind = \"map\"");
    chart_name_with_a_blank: chart("kind = \"share\"\nname = \"my chart\"");
    chart_names_twice: chart("kind = \"share\"\n[[charts]]\nkind = \"share\"\ntitle = \"Again\"");
    chart_firm_unknown: chart("kind = \"share\"\nfirms = [\"acne\"]");
    chart_firm_twice: chart("kind = \"share\"\nfirms = [\"acme\", \"acme\"]");
    chart_of_the_market_with_firms: chart("kind = \"market\"\nfirms = [\"acme\"]");
    chart_periods_after_the_end: chart("kind = \"share\"\nperiods = { from = 0, to = 300 }");
    chart_periods_backwards: chart("kind = \"share\"\nperiods = { from = 20, to = 10 }");
    chart_periods_of_bars: chart("kind = \"value\"\nperiods = { to = 10 }");
    chart_axis_unknown: of_sweep("kind = \"sweep\"\naxes = [\"Need rates\"]");
    chart_axis_twice: of_sweep("kind = \"sweep\"\naxes = [\"Need rate\", \"populations.*.need.rate\"]");
    chart_axes_of_leaders: of_sweep("kind = \"sweep-leader\"\naxes = [\"Need rate\"]");
    chart_outcome_of_one_market: chart("kind = \"share\"\noutcome = \"fit\"");
    chart_outcome_unknown: of_sweep("kind = \"sweep\"\noutcome = \"profits\"");
    chart_statistic_of_one_market: chart("kind = \"share\"\nstatistic = \"median\"");
    chart_statistic_unknown: of_sweep("kind = \"sweep\"\nstatistic = \"deviation\"");
    chart_figure_not_at_each_point: of_sweep("kind = \"sweep\"\noutcome = \"feedback.factor\"");
    chart_figure_misspelt: of_sweep("kind = \"sweep\"\noutcome = \"feedback.factors\"");
    chart_figure_with_a_statistic: of_sweep(&format!("kind = \"sweep\"\noutcome = \"feedback.factor\"\nstatistic = \"median\"\n{FEEDBACK}"));
    chart_verdict_over_no_grid: problems(&end(&format!("[sweep]\ndesign = \"sobol\"\nsamples = 8\n[[sweep.axes]]\nkey = \"market.fit_tolerance\"\nrange = {{ from = 0.5, to = 1.0 }}\n[[charts]]\nkind = \"sweep\"\noutcome = \"feedback.verdict\"\n{FEEDBACK}")));
    chart_of_a_table_that_is_not_kept: chart("kind = \"learning\"");
    chart_periods_of_transactions: chart("kind = \"newcomers\"\nperiods = { to = 10 }");
}
