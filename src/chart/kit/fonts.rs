//! The embedded fonts: whole for pictures; where there are only SVG documents, which text is set by others, what measures it.

/// DejaVu Sans.
#[cfg(feature = "system")]
pub fn regular() -> &'static [u8] {
    dejavu::sans::regular()
}

/// DejaVu Sans Bold.
#[cfg(feature = "system")]
pub fn bold() -> &'static [u8] {
    dejavu::sans::bold()
}

/// The tables of DejaVu Sans by which text is measured.
#[cfg(not(feature = "system"))]
pub fn regular() -> &'static [u8] {
    include_bytes!(concat!(env!("OUT_DIR"), "/regular.ttf"))
}

/// Those of DejaVu Sans Bold.
#[cfg(not(feature = "system"))]
pub fn bold() -> &'static [u8] {
    include_bytes!(concat!(env!("OUT_DIR"), "/bold.ttf"))
}
