//! Telling the processor what will be read soon.

/// Bytes of a line of the cache.
pub const CACHE_LINE: usize = 64;

/// Begins to fetch what lies at an index into the cache; without effect on any value.
#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "an instruction of its own")
)]
#[inline(always)]
pub fn prefetch<T>(values: &[T], index: usize) {
    if let Some(value) = values.get(index) {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: every x86-64 processor has the instruction, and it may be given any address
        unsafe {
            use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(value).cast());
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = value;
    }
}

/// Begins to fetch all lines that values lie in.
#[inline(always)]
pub fn prefetch_all<T>(values: &[T]) {
    for index in (0..values.len()).step_by((CACHE_LINE / size_of::<T>()).max(1)) {
        prefetch(values, index);
    }
}
