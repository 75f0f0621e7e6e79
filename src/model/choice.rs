//! The customer's choice among firms: word of mouth, then a multinomial logit (section 3, step 4f).

use super::conditions::Conditions;
use super::customers::NO_FIRM;
use crate::math::exp;

/// The firm that a customer who knows the need chooses, or none for the outside option.
///
/// `home` and `excluded` are firms or [`NO_FIRM`]; beliefs about other firms first move towards their
/// reputation. Utilities in units of the noise, u = U/m, with Gumbel noise have the same winner as a
/// race of exponential variates, argmin E_j exp(-u_j), which takes half the logarithms.
pub(super) fn choose<const K: usize>(
    who: u32,
    beliefs: &mut [f32],
    home: u16,
    excluded: u16,
    now: &Conditions<K>,
) -> Option<u16> {
    let population = now.population;
    // the outside option has utility 0
    let mut utilities = vec![f32::NEG_INFINITY; now.firms.len()];
    let mut largest = 0.0_f32;
    for (j, (firm, belief)) in (0..NO_FIRM).zip(now.firms.iter().zip(beliefs)) {
        let is_home = j == home;
        if firm.acting && !is_home {
            // a belief that is NaN, for want of a transaction, stays NaN
            *belief += population.word_of_mouth * (firm.reputation - *belief);
        }
        let expected = if belief.is_nan() {
            firm.reputation
        } else {
            *belief
        };
        let inertia = if is_home { population.inertia } else { 0.0 };
        if firm.acting && j != excluded {
            let utility = (expected - firm.price + inertia) * population.choice_precision;
            utilities[j as usize] = utility;
            largest = largest.max(utility);
        }
    }
    // relative to the largest utility, so that no exponential overflows where it matters
    let mut winner = None;
    let mut shortest = now.keys.outside.exponential(who) * exp(largest);
    for ((j, utility), key) in (0..NO_FIRM).zip(&utilities).zip(&now.keys.choice) {
        if *utility > f32::NEG_INFINITY {
            let time = key.exponential(who) * exp(largest - utility);
            if time < shortest {
                shortest = time;
                winner = Some(j);
            }
        }
    }
    winner
}
