//! Which vector instructions the kernel uses: chosen when a market is made, without effect on results.
//!
//! A kernel function is written once and compiled for several instruction sets, see
//! [`at_every_level`]. Only additions, multiplications, divisions, square roots, comparisons and
//! integer operations occur, lane by lane, never a fused multiplication and addition and never a sum
//! over lanes, so that every instruction set gives the same bits.
//!
//! On 64-bit ARM, NEON belongs to the baseline: the functions are compiled with it, and there is
//! nothing to choose.

use std::sync::OnceLock;

/// An instruction set that this machine has.
///
/// There is no way to make one that it does not have, which is what makes calling the functions
/// compiled for it sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstructionSet(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl InstructionSet {
    /// The environment variable that asks for an instruction set, by [`InstructionSet::name`].
    pub const VARIABLE: &str = "FLYWHEEL_ISA";

    /// What every processor of the platform has: SSE2 on x86-64, NEON on 64-bit ARM.
    pub const BASELINE: Self = Self(Kind::Baseline);

    /// All that this machine has, the baseline first and the fastest last.
    #[must_use]
    pub fn available() -> Vec<Self> {
        #[cfg_attr(
            not(target_arch = "x86_64"),
            expect(unused_mut, reason = "there is nothing to choose")
        )]
        let mut found = vec![Self::BASELINE];
        #[cfg(target_arch = "x86_64")]
        {
            // the features listed here are those that `at_every_level` compiles for
            if is_x86_feature_detected!("avx2") {
                found.push(Self(Kind::Avx2));
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                {
                    found.push(Self(Kind::Avx512));
                }
            }
        }
        found
    }

    /// The one to use: the fastest, or what the environment variable `FLYWHEEL_ISA` asks for
    /// (`baseline`, `avx2` or `avx512`) if this machine has it. Other values are passed over here; the
    /// command line refuses them.
    #[must_use]
    pub fn preferred() -> Self {
        static PREFERRED: OnceLock<InstructionSet> = OnceLock::new();
        *PREFERRED.get_or_init(|| {
            let available = Self::available();
            let asked = std::env::var(Self::VARIABLE).ok();
            let named = available
                .iter()
                .find(|set| asked.as_deref() == Some(set.name()));
            *named.or(available.last()).unwrap_or(&Self::BASELINE)
        })
    }

    /// `baseline`, `avx2` or `avx512`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Baseline => "baseline",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "avx512",
        }
    }

    #[inline(always)]
    pub(super) fn kind(self) -> Kind {
        self.0
    }
}

/// Defines a function that is compiled for every instruction set, with the set to use as its first argument.
///
/// Whatever the body calls must be inlined into it to be compiled for the set.
macro_rules! at_every_level {
    (
        $(#[$meta:meta])*
        $visibility:vis fn $name:ident $(<const $k:ident: usize>)? ($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)?
        $body:block
    ) => {
        $(#[$meta])*
        #[allow(unsafe_code, reason = "a call beyond the features that every machine has")]
        #[allow(clippy::too_many_arguments, clippy::too_many_lines, reason = "as many as the body has")]
        $visibility fn $name $(<const $k: usize>)? (
            set: $crate::model::level::InstructionSet,
            $($argument: $type),*
        ) $(-> $result)? {
            #[inline(always)]
            fn body $(<const $k: usize>)? ($($argument: $type),*) $(-> $result)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2 $(<const $k: usize>)? ($($argument: $type),*) $(-> $result)? {
                body($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512 $(<const $k: usize>)? ($($argument: $type),*) $(-> $result)? {
                body($($argument),*)
            }

            match set.kind() {
                $crate::model::level::Kind::Baseline => body($($argument),*),
                // SAFETY: an `InstructionSet` is made only where the machine was found to have its features
                #[cfg(target_arch = "x86_64")]
                $crate::model::level::Kind::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above
                #[cfg(target_arch = "x86_64")]
                $crate::model::level::Kind::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}

pub(super) use at_every_level;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baseline_is_everywhere_and_names_differ() {
        let available = InstructionSet::available();
        assert_eq!(available[0], InstructionSet::BASELINE);
        assert!(available.contains(&InstructionSet::preferred()));
        for (n, set) in available.iter().enumerate() {
            assert!(
                available[..n]
                    .iter()
                    .all(|other| other.name() != set.name())
            );
        }
    }
}
