//! Pinned values: a change here changes every result, and belongs in the changelog.

use flywheel::random::{Purpose, Source, beta, normals};
use rand_philox::philox4x32_10;

use crate::random::key;

/// Known answers of Random123 (`kat_vectors`, philox4x32 with 10 rounds).
#[test]
fn philox_gives_the_published_answers() {
    assert_eq!(
        philox4x32_10([0; 4], [0; 2]),
        [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
    );
    assert_eq!(
        philox4x32_10([u32::MAX; 4], [u32::MAX; 2]),
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    );
    assert_eq!(
        philox4x32_10(
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0]
        ),
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    );
}

#[test]
fn words_are_pinned() {
    let word = |seed, replicate, purpose, names: &[&str], period, who| {
        format!(
            "{:08x}",
            key(seed, replicate, purpose, names, period).word(who)
        )
    };
    let words = [
        word(1, 0, Purpose::NeedArises, &["customers"], 0, 0),
        word(1, 0, Purpose::NeedArises, &["customers"], 0, 1),
        word(1, 0, Purpose::NeedArises, &["customers"], 1, 0),
        word(1, 1, Purpose::NeedArises, &["customers"], 0, 0),
        word(2, 0, Purpose::NeedArises, &["customers"], 0, 0),
        word(1, 0, Purpose::Choice, &["customers", "curated"], 299, 4999),
        word(
            u64::MAX,
            u32::MAX,
            Purpose::ExploreWhat,
            &["é"],
            u32::MAX,
            u32::MAX,
        ),
    ];
    assert_eq!(
        words.join(" "),
        "1ff486ce 84e0f84a 022e6bce 017c6c86 fe9ce558 13c24c1e d7250917"
    );
}

#[test]
fn every_purpose_has_its_number() {
    let all = [
        (Purpose::Taste, 1),
        (Purpose::Agency, 2),
        (Purpose::DataSharing, 3),
        (Purpose::DataPortability, 4),
        (Purpose::Turnover, 5),
        (Purpose::Drift, 6),
        (Purpose::NeedArises, 7),
        (Purpose::Need, 8),
        (Purpose::Detection, 9),
        (Purpose::FalseAlarm, 10),
        (Purpose::Acceptance, 11),
        (Purpose::Cancelling, 12),
        (Purpose::Awareness, 13),
        (Purpose::Choice, 14),
        (Purpose::View, 15),
        (Purpose::Signal, 16),
        (Purpose::StatedAgency, 17),
        (Purpose::FirstGuess, 18),
        (Purpose::FirstProducts, 19),
        (Purpose::Explore, 20),
        (Purpose::ExploreWhat, 21),
        (Purpose::PointSeed, 22),
        (Purpose::DesignOrder, 23),
        (Purpose::DesignPlace, 24),
        (Purpose::TaughtTwice, 25),
    ];
    for (purpose, number) in all {
        assert_eq!(purpose as u32, number, "{purpose:?}");
    }
}

#[test]
fn shaped_draws_are_pinned() {
    let key = key(1, 0, Purpose::Agency, &["customers"], 0);
    let uniforms: Vec<String> = (0..3)
        .map(|who| format!("{:08x}", key.uniform(who).to_bits()))
        .collect();
    assert_eq!(uniforms.join(" "), "3f55577e 3f061503 3f7508f5");
    let exponentials: Vec<String> = (0..3)
        .map(|who| format!("{:08x}", key.exponential(who).to_bits()))
        .collect();
    assert_eq!(exponentials.join(" "), "3fe55edc 3f3de889 4049a14a");
    let betas: Vec<String> = [(2.0, 2.0), (0.8, 3.2), (0.5, 0.5)]
        .iter()
        .map(|&(a, b)| format!("{:016x}", beta(key, 7, a, b).to_bits()))
        .collect();
    assert_eq!(
        betas.join(" "),
        "3fc81bb34d5c8af4 3fb5bc128d733558 3fdeb834f9e1b6b2"
    );
}

#[test]
fn normals_are_pinned() {
    let keys = Source::new(1, 0)
        .family(Purpose::Taste, &["customers"])
        .normal_keys(0, 8);
    let bits: Vec<String> = normals::<8>(&keys, 42)
        .iter()
        .map(|z| format!("{:08x}", z.to_bits()))
        .collect();
    assert_eq!(
        bits.join(" "),
        "bee44d25 bf07b2a3 3f80c40e bab25303 3f6bdc7a 3dd6b739 bfe1399a 3ee82283"
    );
}
