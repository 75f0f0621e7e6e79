//! Statements are read as written, and told where they cannot be.

use super::*;

fn parsed(text: &str) -> Statement {
    Statement::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

#[test]
fn figures_say_whose_among_whom_when_and_where() {
    let one = parsed("first_time of firm-1 among old folks in periods 10 to 19 in aware > 3");
    let figure = FigureOf {
        quantity: "first_time".to_owned(),
        of: "firm-1".to_owned(),
        among: Some("old folks".to_owned()),
        periods: Some((10, 19)),
        variant: Some("aware".to_owned()),
    };
    assert_eq!((one.figures.as_slice(), one.greater), (&[figure][..], true));
    assert_eq!((one.threshold(), one.difference(&[5.0])), (3.0, 2.0));
    let quoted = parsed("share of 'in between' in period 4 < 5%");
    assert_eq!(quoted.figures[0].of, "in between");
    assert_eq!(quoted.figures[0].periods, Some((4, 4)));
    assert_eq!(quoted.threshold(), 0.05);
}

#[test]
fn figures_of_analyses_have_the_names_of_charts() {
    let one = parsed("feedback.factor of ahead in period 10 in dear > 1");
    let figure = &one.figures[0];
    assert!(figure.is_of_analysis() && !figure.is_parameter());
    assert_eq!(figure.periods, Some((10, 10)));
    assert!(!parsed("share of a > 1").figures[0].is_of_analysis());
}

#[test]
fn parameters_are_their_paths() {
    let one = parsed("populations.x.awareness > 1");
    assert!(one.figures[0].is_parameter());
    let one = parsed("'populations.old folks.awareness' in dear - 0.5 > share of a");
    let [path, share] = one.figures.as_slice() else {
        panic!("two figures")
    };
    assert_eq!(path.quantity, "populations.old folks.awareness");
    assert_eq!(path.variant.as_deref(), Some("dear"));
    assert!(path.is_parameter() && !share.is_parameter());
}

#[test]
fn arithmetic_is_as_everywhere() {
    let value = |text: &str, figures: &[f64]| parsed(&format!("{text} > 0")).difference(figures);
    assert_eq!(value("1 + 2 * 3 - 4 / 2", &[]), 5.0);
    assert_eq!(value("(1 + 2) * 3", &[]), 9.0);
    assert_eq!(
        value("fit of a - max(fit of b, fit of c)", &[0.9, 0.2, 0.5]),
        0.4
    );
    assert_eq!(value("min(3, 1, 2)", &[]), 1.0);
    assert_eq!(value("- 2 * share of a", &[0.25]), -0.5);
    assert!(value("max(fit of b, fit of c)", &[0.2, f64::NAN]).is_nan());
    // the same figure twice is one
    assert_eq!(
        parsed("share of a > share of a in b + share of a")
            .figures
            .len(),
        2
    );
    assert_eq!(parsed("share of a > share of b").threshold(), 0.0);
}

#[test]
fn what_is_no_statement_is_told_in_words() {
    for (text, words) in [
        ("share of a", "compares two sides"),
        ("share > 1", "write `share of NAME`"),
        ("share of > 1", "the name of a firm"),
        ("share of a > 1 2", "should end"),
        ("share of a in periods 3 > 1", "in periods 10 to 19"),
        ("(share of a > 1", "`)` should stand"),
        ("share of 'a > 1", "does not end"),
        ("> 1", "a number or a figure"),
    ] {
        let problem = Statement::parse(text).expect_err(text);
        assert!(problem.contains(words), "{text}: {problem}");
    }
}
