//! Where along a parameter an effect stops being above zero, found by bisection.

use crate::claims::interval::Side;

/// Parts of the range that are looked at before any is halved.
const PARTS: i32 = 8;

/// Places along a range, from 0 to its end, at which an effect changes sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// Above zero over the whole range.
    Throughout,
    /// Above zero up to the place `holds`; neither above nor below from there to the end.
    Fades { holds: i32 },
    /// Above zero up to `holds`, below zero from `fails` on.
    Turns { holds: i32, fails: i32 },
}

/// Searches the places 0 to `end`; `side` measures the effect at one.
///
/// A grid comes first: it shows whether the effect changes sides once. Then the last place above
/// zero and the first below are each found by bisection, to the place.
///
/// # Errors
/// In words, if the effect is not above zero at the start, or is again after it was below.
pub fn search(end: i32, side: &mut dyn FnMut(i32) -> Side) -> Result<Bracket, String> {
    let mut grid: Vec<i32> = (0..=PARTS).map(|part| part * end / PARTS).collect();
    grid.dedup();
    let sides: Vec<Side> = grid.iter().map(|&place| side(place)).collect();
    if sides[0] != Side::Above {
        return Err("the effect is not above zero where the range starts".to_owned());
    }
    let last_above = sides.iter().rposition(|&side| side == Side::Above);
    let last_above = last_above.unwrap_or_default();
    let first_below = sides.iter().position(|&side| side == Side::Below);
    if first_below.is_some_and(|below| below < last_above) {
        return Err("the effect is above zero again after it was below".to_owned());
    }
    if last_above == grid.len() - 1 {
        return Ok(Bracket::Throughout);
    }
    let mut halve = |mut inside: i32, mut outside: i32, wanted: Side| {
        while inside.abs_diff(outside) > 1 {
            let middle = inside + (outside - inside) / 2;
            if side(middle) == wanted {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        inside
    };
    let holds = halve(grid[last_above], grid[last_above + 1], Side::Above);
    Ok(match first_below {
        None => Bracket::Fades { holds },
        Some(below) => {
            let before = holds.max(grid[below - 1]);
            Bracket::Turns {
                holds,
                fails: halve(grid[below], before, Side::Below),
            }
        }
    })
}

/// Sides of an effect that falls and has intervals of a half width.
#[cfg(test)]
fn falling(root: f64, half: f64) -> impl FnMut(i32) -> Side {
    move |place| match root - f64::from(place) {
        effect if effect > half => Side::Above,
        effect if effect < -half => Side::Below,
        _ => Side::Neither,
    }
}

#[test]
fn both_edges_are_found_to_the_place() {
    let turns = |holds, fails| Ok(Bracket::Turns { holds, fails });
    assert_eq!(search(100, &mut falling(41.5, 0.0)), turns(41, 42));
    assert_eq!(search(100, &mut falling(41.5, 7.0)), turns(34, 49));
    // within one part of the grid, and over several
    assert_eq!(search(100, &mut falling(31.5, 0.6)), turns(30, 33));
    assert_eq!(search(1000, &mut falling(500.0, 300.0)), turns(199, 801));
    assert_eq!(search(5, &mut falling(2.5, 0.0)), turns(2, 3));
}

#[test]
fn effects_that_never_turn_are_told_apart() {
    assert_eq!(
        search(100, &mut falling(200.0, 7.0)),
        Ok(Bracket::Throughout)
    );
    assert_eq!(
        search(100, &mut falling(99.0, 7.0)),
        Ok(Bracket::Fades { holds: 91 })
    );
}

#[test]
fn what_a_bisection_would_miss_is_an_error() {
    assert!(search(100, &mut falling(1.0, 7.0)).is_err());
    let mut twice = |place: i32| match place {
        30..60 => Side::Below,
        _ => Side::Above,
    };
    assert!(search(100, &mut twice).is_err());
}
