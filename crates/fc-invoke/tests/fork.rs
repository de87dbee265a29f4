//! Random numbers after a fork. Without the harness of libtest, because only a process with one thread may fork.

#[cfg(unix)]
fn main() -> std::io::Result<()> {
    use std::collections::HashSet;
    use std::io::{Read as _, Write as _};

    use fc_invoke::{ClockAndRandomness as _, SystemClockAndRandomness};
    use fork::Fork;

    const PROCESSES: usize = 4;
    const NUMBERS: usize = 8;

    let source = SystemClockAndRandomness::default();
    // Whatever the source keeps is made before the fork.
    source.random();
    let (mut reader, mut writer) = std::io::pipe()?;
    let mut write_numbers = || -> std::io::Result<()> {
        let numbers: Vec<u8> = (0..NUMBERS)
            .flat_map(|_| source.random().to_ne_bytes())
            .collect();
        writer.write_all(&numbers)
    };
    for _ in 1..PROCESSES {
        if let Fork::Child = fork::fork()? {
            write_numbers()?;
            std::process::exit(0);
        }
    }
    write_numbers()?;
    drop(writer);
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let numbers: HashSet<&[u8]> = bytes.chunks(16).collect();
    assert_eq!(bytes.len(), PROCESSES * NUMBERS * 16);
    assert_eq!(
        numbers.len(),
        PROCESSES * NUMBERS,
        "a number of one process is also one of another"
    );
    Ok(())
}

#[cfg(not(unix))]
fn main() {}
