//! `[sweep]` with design = "file": a table of points beside the scenario becomes the points of a list.
//!
//! A column is a parameter's path, a row a point, as in the `points.csv` of a run, which can be fed back: its columns
//! `point` and `seed` are passed over, and so is `weight` of a calibration's `draws.csv`. Values are written as after `--set`: what is no TOML is a text. A table whose first
//! line has semicolons is one of a spreadsheet where decimals have a comma.

use std::fs;
use std::sync::Arc;

use super::diagnostics::{Problem, Source, Span};
use super::log_file::beside;
use super::overrides::read_value;
use super::tree::{Node, Table, Value};

/// Columns of `points.csv` and `draws.csv` that are no parameters.
const PASSED_OVER: [&str; 3] = ["point", "seed", "weight"];

/// Puts the points in place of the file's name, so that everything after sees a list.
pub(super) fn read(root: &mut Node, problems: &mut Vec<Problem>) {
    let Some(sweep) = root
        .get_mut("sweep")
        .filter(|sweep| sweep.table().is_some())
    else {
        return;
    };
    let is_file = sweep.get("design").and_then(Node::text) == Some("file");
    let file = sweep.get("file").cloned();
    let problem = match (is_file, &file) {
        (false, None) => return,
        (true, Some(file)) => match points(file) {
            Ok(points) => return become_list(sweep, points),
            Err(problem) => problem,
        },
        (true, None) => Problem::new("the design \"file\" needs `file`, a table of points")
            .at(sweep.get("design").and_then(Node::place), "sweep.file")
            .label("which file?")
            .help("for example: file = \"design.csv\", beside the scenario"),
        (false, Some(file)) => Problem::new("`file` belongs to the design \"file\"")
            .at(file.key_place(), "sweep.file")
            .label("not used by this design")
            .help("write design = \"file\" under [sweep], or take it out"),
    };
    problems.push(problem);
    // what the file would have said is unknown
    sweep.value = Value::Invalid;
}

fn become_list(sweep: &mut Node, points: Vec<Node>) {
    let Some(table) = sweep.table_mut() else {
        return;
    };
    table.shift_remove("file");
    if let Some(design) = table.get_mut("design") {
        design.value = Value::String("list".to_owned());
    }
    table.insert("points".to_owned(), Node::plain(Value::Array(points)));
}

/// The rows of the file that a value names.
fn points(file: &Node) -> Result<Vec<Node>, Problem> {
    let problem = |message: String| Problem::new(message).at(file.place(), "sweep.file");
    let path = beside(file, "sweep.file")?;
    let shown = path.display().to_string();
    let text = fs::read_to_string(&path).map_err(|error| {
        problem(format!("the points cannot be read from {shown}: {error}"))
            .label("a table beside the scenario")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let source = Arc::new(Source::new(&shown, text));
    let spreadsheet = text.lines().next().is_some_and(|line| line.contains(';'));
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .delimiter(if spreadsheet { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let broken = |error: csv::Error| problem(format!("{shown} is no table: {error}"));
    let columns: Vec<String> = reader
        .headers()
        .map_err(broken)?
        .iter()
        .map(str::to_owned)
        .collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let mut record = record.map_err(broken)?;
        if spreadsheet {
            let (place, fields) = (record.position().cloned(), record.iter().map(with_point));
            record = fields.collect();
            record.set_position(place);
        }
        rows.push(row(&source, &columns, &record)?);
    }
    if rows.is_empty() {
        let empty = problem(format!("{shown} holds no points"));
        return Err(empty.help("its first line names parameters, every other line is a point"));
    }
    Ok(rows)
}

/// A field with a decimal point, if it is a number with a comma.
fn with_point(field: &str) -> String {
    let number = field.replacen(',', ".", 1);
    if number.parse::<f64>().is_ok() {
        number
    } else {
        field.to_owned()
    }
}

/// A line of the file as a table from paths to values.
fn row(
    source: &Arc<Source>,
    columns: &[String],
    record: &csv::StringRecord,
) -> Result<Node, Problem> {
    let start = record.position().map_or(0, csv::Position::byte);
    let start = usize::try_from(start).unwrap_or(0).min(source.text.len());
    let length = source.text[start..]
        .find('\n')
        .unwrap_or(source.text.len() - start);
    let span = Span {
        source: Arc::clone(source),
        range: start..start + length,
    };
    let mut table = Table::new();
    for (path, text) in columns.iter().zip(record) {
        if PASSED_OVER.contains(&path.as_str()) {
            continue;
        }
        let own = Arc::new(Source::new(&source.name, text));
        let value = match text {
            "" => Err(()),
            _ => read_value(&own, 0).map_err(|_| ()),
        };
        let mut value = value.map_err(|()| {
            Problem::new(format!("`{path}` has no value that could be read"))
                .at(Some(&span), "sweep.file")
                .help("numbers, true and false, names, or rules as TOML")
        })?;
        value.span = Some(span.clone());
        value.key = Some(span.clone());
        table.insert(path.clone(), value);
    }
    Ok(Node {
        value: Value::Table(table),
        key: None,
        span: Some(span),
    })
}
