#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fc_fuzz_checks::http_request::check(input));
