//! Sweeps: designs, axes, rows, and points that cannot be.

use crate::errors::{end, market, mistakes, problems};

/// A grid with these axes.
fn grid(axes: &str) -> String {
    problems(&end(axes))
}

/// A grid with one axis.
fn axis(lines: &str) -> String {
    grid(&format!("[[sweep.axes]]\n{lines}"))
}

/// A sampled design with one axis.
fn sampled(lines: &str) -> String {
    problems(&end(&format!(
        "[sweep]\ndesign = \"latin-hypercube\"\nsamples = 10\n[[sweep.axes]]\n{lines}"
    )))
}

/// A list with these rows.
fn list(rows: &str) -> String {
    problems(&end(&format!("[sweep]\ndesign = \"list\"\n{rows}")))
}

const RATE: &str = "key = \"populations.*.need.rate\"";

mistakes! {
    sweep_design_unknown: problems(&end("[sweep]\ndesign = \"latin\"\nsamples = 10"));
    sweep_without_axes: problems(&end("[sweep]\ndesign = \"grid\""));
    sweep_samples_missing: problems(&end(&format!("[sweep]\ndesign = \"sobol\"\n[[sweep.axes]]\n{RATE}\nrange = {{ from = 0, to = 1 }}")));
    sweep_samples_of_a_grid: problems(&end(&format!("[sweep]\nsamples = 20\n[[sweep.axes]]\n{RATE}\nvalues = [0.1]")));
    sweep_samples_zero: problems(&end(&format!("[sweep]\ndesign = \"sobol\"\nsamples = 0\n[[sweep.axes]]\n{RATE}\nrange = {{ from = 0, to = 1 }}")));
    sweep_sobol_too_long: problems(&end(&format!("[sweep]\ndesign = \"sobol\"\nsamples = 100000\n[[sweep.axes]]\n{RATE}\nrange = {{ from = 0, to = 1 }}")));
    sweep_grid_too_large: grid("[[sweep.axes]]\nkey = \"firms.acme.price\"\nrange = { from = 0, to = 1, steps = 2001 }\n[[sweep.axes]]\nkey = \"market.fit_tolerance\"\nrange = { from = 0.5, to = 1, steps = 501 }");
    sweep_axes_in_single_brackets: problems(&end(&format!("[sweep.axes]\n{RATE}\nvalues = [0.1]")));
    sweep_key_misspelt: axis("kye = \"firms.acme.price\"\nvalues = [0.1]");
    axis_without_key: axis("values = [0.1, 0.2]");
    axis_with_key_and_keys: axis("key = \"firms.acme.price\"\nkeys = [\"firms.acme.fixed_cost\"]\nvalues = [0.1]");
    axis_with_empty_keys: axis("keys = []\nvalues = [0.1]");
    axis_without_values: axis(RATE);
    axis_with_values_and_range: axis(&format!("{RATE}\nvalues = [0.1]\nrange = {{ from = 0, to = 1, steps = 3 }}"));
    axis_with_empty_values: axis(&format!("{RATE}\nvalues = []"));
    axis_path_unknown_table: axis("key = \"markt.fit_tolerance\"\nvalues = [1.0]");
    axis_path_unknown_key: axis("key = \"populations.*.need.rat\"\nvalues = [0.1]");
    axis_path_unknown_firm: axis("key = \"firms.acne.price\"\nvalues = [0.1]");
    axis_path_too_short: axis("key = \"firms.acme\"\nvalues = [0.1]");
    axis_path_of_a_table: axis("key = \"populations.commuters.taste\"\nvalues = [0.1]");
    axis_on_the_name: axis("key = \"populations.commuters.name\"\nvalues = [\"a\"]");
    axis_on_the_scenario_name: axis("key = \"name\"\nvalues = [\"a\"]");
    axis_on_replicates: axis("key = \"simulation.replicates\"\nvalues = [10, 20]");
    axis_on_the_seed: axis("key = \"simulation.seed\"\nvalues = [1, 2]");
    axis_on_interventions: axis("key = \"interventions.period\"\nvalues = [1, 2]");
    axis_on_firm_defaults: axis("key = \"firm_defaults.price\"\nvalues = [0.1]");
    axis_on_a_rule_that_is_none: axis("key = \"firms.acme.price.share\"\nvalues = [0.1]");
    axis_value_out_of_range: axis(&format!("{RATE}\nvalues = [0.5, 1.5]"));
    axis_value_of_wrong_type: axis(&format!("{RATE}\nvalues = [0.5, \"much\"]"));
    axis_value_not_a_number: axis(&format!("{RATE}\nvalues = [0.5, nan]"));
    axis_value_no_whole_number: axis("key = \"populations.commuters.customers\"\nvalues = [100, 2500.5]");
    axis_value_experience_misspelt: axis("key = \"firms.acme.experience\"\nvalues = [\"curated-offering\", \"coach-behaviour\"]");
    axis_value_rule_unknown: axis("key = \"firms.acme.price\"\nvalues = [0.3, { rule = \"value\" }]");
    axis_value_twice: axis("key = \"firms.acme.price\"\nvalues = [0.2, 1, 0.2, 1.0]");
    axis_twice: grid("[[sweep.axes]]\nkey = \"firms.*.price\"\nvalues = [0.1]\n[[sweep.axes]]\nkey = \"firms.acme.price\"\nvalues = [0.2]");
    axis_twice_among_keys: axis("keys = [\"firms.acme.price\", \"firms.acme.price\"]\nvalues = [0.1]");
    range_without_end: axis(&format!("{RATE}\nrange = {{ from = 0, steps = 3 }}"));
    range_without_steps: axis(&format!("{RATE}\nrange = {{ from = 0, to = 1 }}"));
    range_of_one_step: axis(&format!("{RATE}\nrange = {{ from = 0, to = 1, steps = 1 }}"));
    range_backwards: axis(&format!("{RATE}\nrange = {{ from = 1, to = 0, steps = 3 }}"));
    range_beyond_the_parameter: axis(&format!("{RATE}\nrange = {{ from = 0, to = 2, steps = 3 }}"));
    range_of_fractions: axis("key = \"populations.commuters.customers\"\nrange = { from = 100, to = 200, steps = 4 }");
    range_with_steps_in_a_sample: sampled(&format!("{RATE}\nrange = {{ from = 0, to = 1, steps = 3 }}"));
    range_log_from_zero: sampled("key = \"firms.acme.price\"\nrange = { from = 0, to = 1, scale = \"log\" }");
    range_sampled_beyond_the_parameter: sampled(&format!("{RATE}\nrange = {{ from = -0.5, to = 1 }}"));
    range_of_flags: sampled("key = \"market.data_pooling\"\nrange = { from = 0, to = 1 }");
    list_without_points: list("");
    list_with_axes: list(&format!("[[sweep.points]]\n\"firms.acme.price\" = 0.1\n[[sweep.axes]]\n{RATE}\nvalues = [0.1]"));
    list_points_in_a_grid: grid("[[sweep.points]]\n\"firms.acme.price\" = 0.1");
    list_row_empty: list("[[sweep.points]]\n");
    list_rows_differ: list("[[sweep.points]]\nfirms.acme.price = 0.1\nmarket.data_pooling = true\n[[sweep.points]]\n\"firms.acme.price\" = 0.2\nmarket.data_portability = 0.5");
    list_path_unknown: list("[[sweep.points]]\n\"firms.acme.prise\" = 0.1\n[[sweep.points]]\n\"firms.acme.prise\" = 0.2");
    list_value_out_of_range: list("[[sweep.points]]\n\"firms.acme.price\" = 0.1\n[[sweep.points]]\n\"firms.acme.price\" = -0.2");
    point_drift_above_spread: grid("[[sweep.axes]]\nkey = \"populations.commuters.taste.spread\"\nvalues = [1.0, 0.2]\n[[sweep.axes]]\nkey = \"populations.commuters.taste.drift\"\nvalues = [0.1, 0.5]\n[[sweep.axes]]\nkey = \"firms.acme.price\"\nvalues = [0.1, 0.5]");
    point_of_ranges_drift_above_spread: problems(&end("[sweep]\ndesign = \"sobol\"\nsamples = 8\n[[sweep.axes]]\nkey = \"populations.commuters.taste.drift\"\nrange = { from = 0, to = 2 }"));
    point_of_list_menu_without_size: list("[[sweep.points]]\n\"experiences.automatic-execution.selection\" = \"firm\"\n[[sweep.points]]\n\"experiences.automatic-execution.selection\" = \"menu\"");
    point_ends_before_an_intervention: problems(&end("[[interventions]]\nperiod = 100\nset = { \"firms.acme.price\" = 0.2 }\n[[sweep.axes]]\nkey = \"simulation.periods\"\nvalues = [50, 200]"));
    point_with_mean_of_other_length: problems(&market("", "taste.mean = [0.5, 0.5]", "", "[[sweep.axes]]\nkey = \"market.taste_dimensions\"\nvalues = [2, 3]"));
    point_with_a_name_twice: problems(&end("[[firms]]\nname = \"rival\"\nexperience = \"coach-behavior\"\n[[firms]]\nname = \"rival-2\"\nexperience = \"coach-behavior\"\n[[sweep.axes]]\nkey = \"firms.rival.count\"\nvalues = [1, 2]"));
    sensitivity_without_sweep: problems(&end("[[analyses]]\nkind = \"sensitivity\"\nfirm = \"acme\""));
    sensitivity_over_a_grid: problems(&end(&format!("[[analyses]]\nkind = \"sensitivity\"\nfirm = \"acme\"\n[[sweep.axes]]\n{RATE}\nvalues = [0.1]")));
    sensitivity_of_an_unknown_firm: problems(&end(&format!("[[analyses]]\nkind = \"sensitivity\"\nfirm = \"acne\"\n[sweep]\ndesign = \"sobol\"\nsamples = 8\n[[sweep.axes]]\n{RATE}\nrange = {{ from = 0, to = 1 }}")));
    sensitivity_of_an_unknown_outcome: problems(&end(&format!("[[analyses]]\nkind = \"sensitivity\"\nfirm = \"acme\"\noutcome = \"profits\"\n[sweep]\ndesign = \"sobol\"\nsamples = 8\n[[sweep.axes]]\n{RATE}\nrange = {{ from = 0, to = 1 }}")));
    analysis_kind_unknown: problems(&end("[[analyses]]\nkind = \"sensitivty\"\nfirm = \"acme\""));
    analysis_without_kind: problems(&end("[[analyses]]\nfirm = \"acme\""));
    analyses_in_single_brackets: problems(&end("[analyses]\nkind = \"sensitivity\"\nfirm = \"acme\""));
    record_unknown_table: problems(&market("[simulation]\nrecord = { tables = [\"firm\"] }", "", "", ""));
    record_table_twice: problems(&market("[simulation]\nrecord = { tables = [\"firms\", \"firms\"] }", "", "", ""));
    record_after_the_end: problems(&market("[simulation]\nperiods = 50\nrecord.from = 50", "", "", ""));
    record_map_after_the_end: problems(&market("[simulation]\nperiods = 50\nrecord = { tables = [\"map\"], map = [0, 50] }", "", "", ""));
    record_map_out_of_order: problems(&market("[simulation]\nrecord = { tables = [\"map\"], map = [0, 20, 10, 10] }", "", "", ""));
    record_map_without_table: problems(&market("[simulation]\nrecord.map = [0, 20]", "", "", ""));
    record_map_negative: problems(&market("[simulation]\nrecord = { tables = [\"map\"], map = [-1] }", "", "", ""));
    record_never: problems(&market("[simulation]\nrecord = { every = 0 }", "", "", ""));
    precision_without_width: problems(&market("[simulation]\nprecision = { of = \"share\" }", "", "", ""));
    precision_of_unknown_outcome: problems(&market("[simulation]\nprecision = { of = \"profit\", half_width = 0.1 }", "", "", ""));
    precision_below_the_replicates: problems(&market("[simulation]\nreplicates = 50\nprecision = { half_width = 0.1, at_most = 20 }", "", "", ""));
}
