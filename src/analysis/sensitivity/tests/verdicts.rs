//! Bad input is an error, and weak results say so.

use super::*;

#[test]
fn too_few_samples_are_said_to_be() {
    let design = Saltelli::new(8, 64, 1).unwrap();
    let found = sobol(&design, &g_function);
    let strongest = &found[0];
    assert!(!strongest.enough);
    let start = "too few samples (64): the ";
    assert!(strongest.note.starts_with(start), "{}", strongest.note);
    // following the advice helps
    let advised: usize = strongest
        .note
        .split("about ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next()?.parse().ok())
        .unwrap();
    assert!(advised.is_power_of_two() && advised > 64);
    let found = sobol(&Saltelli::new(8, advised, 1).unwrap(), &g_function);
    let widest = found[0]
        .first_order
        .half_width()
        .max(found[0].total.half_width());
    assert!(widest < 0.11, "{:?}", found[0]);
}

#[test]
fn no_negative_index_goes_without_comment() {
    let (mut negative, mut enough) = (0, 0);
    for (base, seed) in [(32, 1), (64, 2), (256, 3), (1024, 4), (8192, 5)] {
        for index in sobol(&Saltelli::new(8, base, seed).unwrap(), &g_function) {
            if index.first_order.value < 0.0 {
                negative += 1;
                enough += u32::from(index.enough);
                assert!(!index.note.is_empty());
                assert!(!index.enough || index.note.contains("negative by chance"));
            }
        }
    }
    assert!(negative > enough && enough > 0, "{negative} {enough}");
}

#[test]
fn an_index_negative_beyond_its_interval_is_not_believed() {
    // A and B equal, the mixed rows their mirror image: no function on a fair sample does this.
    let design = Saltelli::new(1, 64, 1).unwrap();
    let outcomes: Vec<f64> = (0..64)
        .flat_map(|base| {
            [
                f64::from(base % 8),
                f64::from(7 - base % 8),
                f64::from(base % 8),
            ]
        })
        .collect();
    let index = &design.indices(&outcomes).unwrap()[0];
    assert!(index.first_order.high < 0.0 && !index.enough);
    assert!(
        index.note.contains("negative beyond its interval"),
        "{}",
        index.note
    );
}

#[test]
fn few_samples_are_not_believed_however_narrow() {
    let index = &sobol(&Saltelli::new(1, 4, 1).unwrap(), &|x| x[0].round())[0];
    assert!(
        !index.enough && index.note.contains("too few samples (4)"),
        "{index:?}"
    );
}

#[test]
fn an_outcome_that_does_not_vary_has_no_indices() {
    let design = Saltelli::new(2, 64, 1).unwrap();
    let third = |row: usize| 0.1 + 0.2 * (1.0 + 1e-16 * row as f64);
    for outcomes in [
        vec![0.0; design.len()],
        (0..design.len()).map(third).collect(),
    ] {
        for index in design.indices(&outcomes).unwrap() {
            assert!(index.first_order.value.is_nan() && index.total.low.is_nan());
            assert!(!index.enough && index.note.contains("does not vary"));
        }
    }
    let flat = morris(&Morris::new(2, 10, 4, 1).unwrap(), &|_| 3.0);
    assert_eq!(
        (flat[0].mu_star.value, flat[0].mu_star.high, flat[0].sigma),
        (0.0, 0.0, 0.0)
    );
}

#[test]
fn bad_outcomes_are_errors_that_name_the_row() {
    let (saltelli, morris) = (
        Saltelli::new(2, 4, 1).unwrap(),
        Morris::new(2, 4, 4, 1).unwrap(),
    );
    let mut outcomes = vec![1.0; 16];
    outcomes[5] = f64::NAN;
    let error = saltelli.indices(&outcomes).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the outcome of row 5 is empty (NaN)"),
        "{error}"
    );
    let mut outcomes = vec![1.0; 12];
    outcomes[7] = f64::INFINITY;
    let error = morris.measures(&outcomes).unwrap_err();
    assert!(
        error.to_string().starts_with("the outcome of row 7 is inf"),
        "{error}"
    );
    assert_eq!(
        saltelli.indices(&outcomes),
        Err(SensitivityError::Length {
            rows: 16,
            found: 12
        })
    );
}

#[test]
fn designs_that_cannot_be_are_errors() {
    for (dimensions, samples, word) in [
        (0, 64, "at least one"),
        (129, 64, "129 parameters"),
        (2, 1, "between 2 and 65536"),
        (2, 65_537, "65537"),
    ] {
        let error = Saltelli::new(dimensions, samples, 1)
            .unwrap_err()
            .to_string();
        assert!(error.contains(word), "{error}");
    }
    for (dimensions, trajectories, levels, word) in [
        (0, 10, 4, "at least one"),
        (2, 1, 4, "between 2"),
        (2, 10, 5, "5 levels"),
        (2, 10, 0, "even number"),
    ] {
        let error = Morris::new(dimensions, trajectories, levels, 1)
            .unwrap_err()
            .to_string();
        assert!(error.contains(word), "{error}");
    }
    assert!(
        Saltelli::new(128, 1 << 16, 1)
            .is_ok_and(|design| design.row(design.len() - 1).len() == 128)
    );
}
