//! Fuzzes `reader` of `tests/it/fuzz_targets.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| targets::reader(input));
